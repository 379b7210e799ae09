/// Output that came while a view had the screen: the last part of it, in order.
struct KeptOutput: Sendable {
  /// More than this is not kept.
  static let limit = 1 << 18
  private var bytes: [UInt8] = []
  private var droppedLines = 0

  mutating func take(_ new: [UInt8]) {
    bytes += new
    // Trimmed seldom, so that it costs little for each byte.
    if bytes.count > 2 * Self.limit { trim() }
  }

  /// Returns what is to be shown, with a line that says what is missing.
  mutating func finish() -> [UInt8] {
    if bytes.count > Self.limit { trim() }
    guard droppedLines > 0 else { return bytes }
    let subject = droppedLines == 1 ? "1 line of output is" : "\(droppedLines) lines of output are"
    let notice = "\(subject) not shown: only the last 256 KiB are kept.\n"
    return Array(notice.utf8) + bytes
  }

  /// Drops whole lines at the beginning; a line without an end is cut.
  private mutating func trim() {
    let surplus = bytes.count - Self.limit
    let end = bytes[(surplus - 1)...].firstIndex(of: 0x0A) ?? surplus - 1
    droppedLines += bytes[...end].count { $0 == 0x0A }
    if bytes[end] != 0x0A { droppedLines += 1 }
    bytes.removeFirst(end + 1)
  }
}
