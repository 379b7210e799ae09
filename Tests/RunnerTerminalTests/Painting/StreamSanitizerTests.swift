import Testing

@testable import RunnerTerminal

/// What foreign output may do while no line is edited.
@Suite struct StreamSanitizerTests {
  private func clean(_ text: String, inPiecesOf size: Int? = nil) -> String {
    var sanitizer = StreamSanitizer()
    let bytes = Array(text.utf8)
    let size = size ?? max(1, bytes.count)
    let cleaned = stride(from: 0, to: bytes.count, by: size).flatMap {
      sanitizer.clean(Array(bytes[$0..<min(bytes.count, $0 + size)]))
    }
    return String(decoding: cleaned, as: UTF8.self)
  }

  @Test(arguments: [
    "plain\n", "tab\there\n", "日本 é 😀\n", "10%\r55%\r100%\n", "ab\u{8}c", "50%\r\u{1B}[K60%",
    "\u{1B}[1;31mred\u{1B}[0m",
  ])
  func `text, colours and progress bars stay, in one piece or byte by byte`(text: String) {
    #expect(clean(text) == text)
    #expect(clean(text, inPiecesOf: 1) == text)
  }

  @Test(arguments: [
    "a\u{1B}[2Jb", "a\u{1B}[10;10Hb", "a\u{1B}[3Ab", "a\u{1B}[6nb", "a\u{1B}[?1049hb",
    "a\u{1B}[?1000hb", "a\u{1B}[?25lb", "a\u{1B}]0;title\u{7}b", "a\u{1B}]52;c;eA==\u{1B}\\b",
    "a\u{1B}Pq1\u{1B}\\b", "a\u{1B}cb", "a\u{1B}(0b", "a\u{9B}2Jb", "a\u{7}b", "a\u{0}b",
    "a\u{1B}[?Kb",
  ])
  func `what acts on the terminal goes, in one piece or byte by byte`(text: String) {
    #expect(clean(text) == "ab")
    #expect(clean(text, inPiecesOf: 1) == "ab")
  }

  @Test func `a sequence ends with its line`() {
    #expect(clean("a\u{1B}]0;title\nb\n") == "a\nb\n")
  }

  @Test func `invalid UTF-8 is replaced, and a character in two pieces is whole`() {
    var sanitizer = StreamSanitizer()
    #expect(sanitizer.clean([0x61, 0xE4, 0xB8]) == [0x61])
    #expect(sanitizer.clean([0x96]) == Array("世".utf8))
    #expect(sanitizer.clean([0xFF, 0x9B, 0x41]) == Array("\u{FFFD}\u{FFFD}A".utf8))
  }

  @Test func `a style ends when somebody else writes`() {
    var sanitizer = StreamSanitizer()
    _ = sanitizer.clean(Array("\u{1B}[31mred\n".utf8))
    #expect(sanitizer.end() == Array("\u{1B}[0m".utf8))
    #expect(sanitizer.end().isEmpty)
    _ = sanitizer.clean(Array("\u{1B}[31mred\u{1B}[0m\n\u{1B}[3".utf8))
    #expect(sanitizer.end().isEmpty)
    #expect(sanitizer.clean(Array("1m".utf8)) == Array("1m".utf8))
  }
}
