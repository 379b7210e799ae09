/// Foreign output beside a prompt: whole lines to be written above it, and the line that has not ended.
struct LiveOutput: Sendable {
  /// A line that does not end is broken here.
  private static let longestTail = 1 << 16
  /// Of a longer one the end is shown: all of it is cleaned and painted at each key.
  private static let longestShown = 1 << 12
  private var tail: [UInt8] = []
  private var sanitizer = TerminalSanitizer()

  /// The cleaned unterminated line; `ellipsis` stands for what came before the part that is shown.
  func live(ellipsis: String) -> SanitizedLine {
    if tail.isEmpty { return [] }
    if !isCut { return sanitizer.preview(tail[...]) }
    let end = tail.suffix(Self.longestShown).drop { $0 & 0xC0 == 0x80 }
    return [.text(ellipsis)] + sanitizer.preview(end)
  }

  private var isCut: Bool { tail.count > Self.longestShown }

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
    if tail.count > Self.longestTail { whole += finishTail() }
    return whole
  }

  /// Returns the unterminated line as a whole one if not all of it is shown; what follows begins a new one.
  mutating func takeCutTail() -> [UInt8] { isCut ? finishTail() : [] }

  private mutating func finishTail() -> [UInt8] {
    defer { tail = [] }
    return sanitizer.finish(tail[...]) + Array("\r\n".utf8)
  }

  /// Takes the unterminated line as written; what follows begins a new one.
  mutating func endTail() {
    guard !tail.isEmpty else { return }
    _ = sanitizer.finish(tail[...])
    tail = []
  }
}
