/// Foreign output beside a prompt: whole lines to be written above it, and the line that has not ended.
struct LiveOutput: Sendable {
  /// A line that does not end is broken here.
  private static let longestTail = 1 << 16
  private var tail: [UInt8] = []
  private var sanitizer = TerminalSanitizer()

  /// The cleaned unterminated line.
  var live: SanitizedLine { tail.isEmpty ? [] : sanitizer.preview(tail[...]) }

  /// Takes output as it came and returns the cleaned lines that are whole now.
  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var whole: [UInt8] = []
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      if tail.isEmpty {
        whole += sanitizer.finish(bytes[start..<end])
      } else {
        tail += bytes[start..<end]
        whole += sanitizer.finish(tail[...])
        tail = []
      }
      whole += "\r\n".utf8
      start = end + 1
    }
    tail += bytes[start...]
    if tail.count > Self.longestTail {
      whole += sanitizer.finish(tail[...]) + Array("\r\n".utf8)
      tail = []
    }
    return whole
  }

  /// Takes the unterminated line as written; what follows begins a new one.
  mutating func endTail() {
    guard !tail.isEmpty else { return }
    _ = sanitizer.finish(tail[...])
    tail = []
  }
}
