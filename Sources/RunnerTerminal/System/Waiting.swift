internal import Glibc

/// Waits until descriptors have something to say.
enum Waiting {
  /// Waits for input or its end; false when the time is over.
  ///
  /// -1 milliseconds are for ever.
  static func forInput(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    anyInput([descriptor], milliseconds: milliseconds).contains(descriptor)
  }

  /// Returns those descriptors that have input or have ended; none when the time is over.
  static func anyInput(_ descriptors: [Int32], milliseconds: Int32) -> [Int32] {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while poll(&polled, nfds_t(polled.count), milliseconds) < 0 {
      guard errno == EINTR else { return descriptors }
    }
    return polled.filter { $0.revents != 0 }.map(\.fd)
  }
}
