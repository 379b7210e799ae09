import Glibc

/// Writing to the process's own descriptors.
enum Descriptors {
  /// Writes all bytes; gives up silently when nobody reads any more.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        return
      }
    }
  }
}

/// Ends the process; a name of its own, since commands have an `exit` that means something else.
func endProcess(_ status: Int32) -> Never {
  Glibc.exit(status)
}
