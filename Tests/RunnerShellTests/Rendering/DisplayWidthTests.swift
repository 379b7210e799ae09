import RunnerShell
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("🇩🇪", 2), ("🇩", 2), ("❤️", 2), ("👍🏽", 2), ("1️⃣", 2),
    ("👩‍💻", 2),
  ])
  func `a flag takes two columns, as every emoji does`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
