import Testing

@testable import RunnerTerminal

@Suite struct TerminalSanitizerTests {
  private func clean(_ text: String) -> String { clean(Array(text.utf8)) }

  private func clean(_ bytes: [UInt8]) -> String {
    var sanitizer = TerminalSanitizer()
    return String(decoding: sanitizer.finish(bytes[...]), as: UTF8.self)
  }

  @Test(arguments: ["plain", "tab\there", "日本 é 😀", ""])
  func `text stays`(text: String) {
    #expect(clean(text) == text)
  }

  @Test func `colours stay and end with the line`() {
    #expect(clean("\u{1B}[31mred\u{1B}[1;4mmore") == "\u{1B}[31mred\u{1B}[1;4mmore\u{1B}[0m")
    #expect(clean("\u{1B}[38:2::1:2:3mx\u{1B}[m") == "\u{1B}[38:2::1:2:3mx\u{1B}[m")
  }

  @Test func `a colour goes on in the next line`() {
    var sanitizer = TerminalSanitizer()
    _ = sanitizer.finish(Array("\u{1B}[31mone".utf8)[...])
    let two = sanitizer.finish(Array("two\u{1B}[0m".utf8)[...])
    #expect(String(decoding: two, as: UTF8.self) == "\u{1B}[31mtwo\u{1B}[0m")
    #expect(sanitizer.finish(Array("three".utf8)[...]) == Array("three".utf8))
  }

  @Test(arguments: [
    "a\u{1B}[2Jb", "a\u{1B}[10;10Hb", "a\u{1B}[6nb", "a\u{1B}[cb", "a\u{1B}[?1049hb",
    "a\u{1B}[>4;1mb", "a\u{1B}]0;title\u{7}b", "a\u{1B}]52;c;eA==\u{1B}\\b",
    "a\u{1B}Pq1\u{1B}\\b", "a\u{1B}_x\u{1B}\\b", "a\u{1B}cb", "a\u{1B}7b", "a\u{1B}(0b",
    "a\u{9B}2Jb", "a\u{85}b", "a\u{7}b", "a\u{0}b", "a\u{1B}\u{1B}[Ab",
  ])
  func `what acts on the terminal goes`(text: String) {
    #expect(clean(text) == "ab")
  }

  @Test(arguments: ["a\u{1B}", "a\u{1B}[", "a\u{1B}[31", "a\u{1B}]0;title", "a\u{1B}P"])
  func `a sequence that the line cuts off goes`(text: String) {
    #expect(clean(text) == "a")
  }

  @Test func `a sequence without end goes`() {
    let parameters = String(repeating: "1;", count: 5000)
    #expect(clean("a\u{1B}[\(parameters)mb") == "ab")
  }

  @Test func `other control characters are visible`() {
    #expect(clean("a\u{8}b\u{7F}\u{B}") == "a^Hb^?^K")
  }

  @Test func `a carriage return begins the line anew`() {
    #expect(clean("10%\r55%\r100%") == "100%")
    #expect(clean("text\r") == "text")
    #expect(clean("\r\r") == "")
  }

  @Test func `invalid UTF-8 is replaced`() {
    #expect(clean([0x61, 0xFF, 0x9B, 0x32, 0x4A]) == "a\u{FFFD}\u{FFFD}2J")
  }
}
