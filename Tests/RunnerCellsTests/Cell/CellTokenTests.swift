import Testing

@testable import RunnerCells

@Suite struct CellTokenTests {
  private func words(_ text: String, _ kind: CellToken.Kind) -> [String] {
    CellToken.of(text).filter { $0.kind == kind }.map {
      String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
    }
  }

  @Test func `keywords, literals and comments are found at their places`() {
    let text = "let π = try await f(\"世 \\(x + 1)\", 0x1F, 2.5) // 日\n/* a */ if true { }"
    #expect(words(text, .keyword) == ["let", "try", "await", "if", "true"])
    #expect(words(text, .number) == ["1", "0x1F", "2.5"])
    #expect(words(text, .string).joined() == "\"世 \"")
    #expect(words(text, .comment) == ["// 日", "/* a */"])
  }

  @Test(arguments: ["func f(", "let s = \"abc", "\"\"\"\nabc", "/* open", "}", "é\u{0}\u{1B}", ""])
  func `what is not whole has words too, in order and apart`(text: String) {
    let ranges = CellToken.of(text).map(\.range)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    #expect(ranges.allSatisfy { $0.upperBound <= text.utf8.count && !$0.isEmpty })
  }
}
