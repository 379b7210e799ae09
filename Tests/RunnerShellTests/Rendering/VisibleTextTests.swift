import RunnerShell
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\nb\t\0\r", #"a\nb\t\0\r"#), ("\u{1B}[2J", #"\u{1B}[2J"#),
    ("\u{9B}31m", #"\u{9B}31m"#), ("\u{202E}x", #"\u{202E}x"#), ("日本é👍🏽", "日本é👍🏽"),
    ("\r\n", #"\r\n"#), ("\u{7F}", #"\u{7F}"#), ("\u{2028}", #"\u{2028}"#),
  ])
  func `control characters are shown as escapes`(text: String, visible: String) {
    #expect(VisibleText.line(text) == visible)
  }

  @Test func `nothing beyond ASCII comes out when that was asked for`() {
    let spec = RenderSpec(usesASCII: true)
    #expect(VisibleText.line("é日", spec) == #"\u{E9}\u{65E5}"#)
    #expect(
      VisibleText.excerpt(String(repeating: "é", count: 100), limit: 10, spec) == #"\u{E9}..."#)
  }

  @Test func `an excerpt is bounded`() {
    #expect(VisibleText.excerpt(String(repeating: "x", count: 1000)).count == 60)
    #expect(VisibleText.excerpt(String(repeating: "x", count: 60)).count == 60)
  }

  @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍🏽", 2), ("❤️", 2), ("", 0)])
  func `columns are counted as a terminal does`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func `an excerpt never cuts inside of an escape, and counts wide characters twice`() {
    #expect(VisibleText.excerpt("abc\u{1B}def", limit: 9) == "abc…")
    #expect(VisibleText.excerpt("abc\u{1B}d", limit: 10) == "abc\\u{1B}d")
    #expect(VisibleText.excerpt("日本語", limit: 5) == "日本…")
    #expect(VisibleText.excerpt("日本", limit: 4) == "日本")
  }
}
