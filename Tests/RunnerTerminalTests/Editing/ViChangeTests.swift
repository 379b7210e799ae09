import Testing

@testable import RunnerTerminal

@Suite struct ViChangeTests {
  private let text = "one {\n  two(2)\nthree"

  /// What a command takes when the cursor is at a place of the text; `·` for a line break.
  private func taken(_ keys: String, count: Int = 1, at cursor: Int) -> String? {
    let scalars = Array(keys.unicodeScalars)
    let change = ViChange(operation: scalars[0], motion: scalars[1], count: count)
    let line = LineText(scalars: Array(text.unicodeScalars), cursor: cursor)
    return change.span(in: line).map {
      Graphemes.string(line.scalars[$0.range]).replacing("\n", with: "·")
    }
  }

  @Test func `whole lines go with a line break, the last one with that before it`() {
    #expect(taken("dd", at: 9) == "  two(2)·" && taken("dd", at: 17) == "·three")
    #expect(taken("dd", count: 2, at: 0) == "one {·  two(2)·")
    #expect(taken("dd", count: 9, at: 9) == "·  two(2)·three")
    #expect(taken("dj", at: 0) == "one {·  two(2)·" && taken("dk", at: 17) == "·  two(2)·three")
    #expect(taken("yy", at: 9) == "  two(2)·" && taken("yy", at: 17) == "three")
    #expect(taken("cc", at: 9) == "two(2)" && taken("cj", at: 9) == "two(2)·three")
  }

  @Test func `a motion ends with its line`() {
    #expect(
      taken("d$", at: 9) == "wo(2)" && taken("d0", at: 9) == "  t" && taken("d^", at: 9) == "t")
    #expect(taken("d^", at: 6) == "  ")
    #expect(taken("dl", count: 99, at: 9) == "wo(2)" && taken("dh", count: 99, at: 9) == "  t")
  }

  @Test func `the last word of a line is taken without the break`() {
    #expect(
      taken("dw", at: 13) == ")" && taken("cW", at: 9) == "wo(2)" && taken("dw", at: 4) == "{")
    #expect(taken("dw", at: 9) == nil && taken("dw", count: 2, at: 13) == nil)
    #expect(taken("dw", at: 17) == nil && taken("de", at: 9) == nil)
  }
}
