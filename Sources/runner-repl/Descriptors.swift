import Glibc

/// Writing to the process's own descriptors.
enum Descriptors {
  /// Writes all bytes; returns false when the system refuses some.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        return false
      }
    }
    return true
  }
}

/// Ends the process; a name of its own, since commands have an `exit` that means something else.
func endProcess(_ status: Int32) -> Never {
  Glibc.exit(status)
}
