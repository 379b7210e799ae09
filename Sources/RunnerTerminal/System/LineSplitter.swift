/// Cuts bytes into lines, however they arrive; linear in their number.
struct LineSplitter: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0
  /// No line feed stands before this place.
  private var searched = 0

  mutating func add(_ new: [UInt8]) {
    if start > 0 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    bytes += new
  }

  /// Returns the next whole line without its end, LF or CRLF.
  mutating func next() -> String? {
    guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
      searched = bytes.count
      return nil
    }
    defer {
      start = end + 1
      searched = start
    }
    let line = bytes[start..<end]
    return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
  }

  /// Returns what follows the last line feed, at the end of input; nil when that is nothing.
  mutating func takeRest() -> String? {
    defer { self = LineSplitter() }
    return start < bytes.count ? String(decoding: bytes[start...], as: UTF8.self) : nil
  }
}
