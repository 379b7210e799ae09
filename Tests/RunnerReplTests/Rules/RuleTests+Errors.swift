import TerminalTesting
import Testing

/// Cells that do not compile, and cells that throw.
extension RuleTests {
  @Test func `rule 23: a compile error shows the person's own text, and changes nothing`() throws {
    let rule = try RuleRecorder(23)
    try rule.enter("let n = 1")
    for (cell, words) in [
      ("let n = \"x\" + 1", "cannot be applied to operands of type 'String' and 'Int'"),
      ("n += 1", "'n' is a 'let' constant"),
      ("let word: String = 5", "cannot convert value of type 'Int'"),
      ("print(n.squared)", "has no member 'squared'"),
    ] {
      let lines = try rule.enter(cell)
      #expect(lines.first?.contains("error: ") == true)
      #expect(lines.joined(separator: " ").contains(words))
      #expect(!lines.contains { $0.contains("__") || $0.contains("_cell") })
    }
    rule.say("In a cell of several lines the line is named as it was typed:")
    try rule.press(
      .paste("func half(_ n: Int) -> Int {\n  n / two\n}"), .enter, until: "cannot find 'two'")
    #expect(rule.prompt.lines.contains { $0.contains(":2:7: error: cannot find 'two' in scope") })
    rule.say("Nothing has changed:")
    #expect(try rule.enter("n") == ["Int = 1"])
    #expect(try rule.enter(":vars").count == 1)
    try rule.finish()
  }

  @Test func `rule 24: an error shows its type, its message and the person's functions`() throws {
    let rule = try RuleRecorder(24)
    try rule.enter("struct TooMuch: Error { var price: Int }")
    try rule.enter("func pay(_ price: Int) throws { if price > 5 { throw TooMuch(price: price) } }")
    try rule.enter("func shop() async throws { try pay(3); try pay(7) }")
    #expect(
      try rule.enter("try await shop()") == [
        "cell-4 threw TooMuch: TooMuch(price: 7)", "  pay(_:) at cell-2:1",
        "      func pay(_ price: Int) throws { if price > 5 { throw TooMuch(price: price) } }",
        "  shop() at cell-3:1", "  cell at cell-4:1",
      ])
    try rule.finish()
  }
}
