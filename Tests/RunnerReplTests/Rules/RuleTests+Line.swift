import TerminalTesting
import Testing

/// The line that is edited: its columns and its rows.
extension RuleTests {
  @Test func `rule 10: the cursor is right among wide and combining characters`() throws {
    let rule = try RuleRecorder(10)
    try rule.press("\"日本e\u{301}🙂x\"", until: "the text") { $0.column == 16 }
    for column in [15, 14, 12, 11, 9, 7] {
      try rule.press(.left, until: "column \(column)") { $0.column == column }
    }
    try rule.press(.delete, .right, .right, .delete, .enter, until: "String = \"本e\u{301}x\"")
    try rule.finish()
  }

  @Test func `rule 11: a resize in a wrapped line redraws it`() throws {
    let rule = try RuleRecorder(11, columns: 40, rows: 12)
    let text = "[" + (1...24).map { "\($0)" }.joined(separator: ", ") + "].count"
    try rule.enter("1 + 1")
    try rule.press(.text(text), until: "the text") { $0.text.hasSuffix("].count") }
    rule.say("The terminal becomes 80 columns wide, and then 30:")
    rule.terminal.resize(columns: 80, rows: 12)
    try rule.await("the text in 80 columns") { screen in
      screen.lines[2] == "main> \(text.prefix(74))" && screen.text.hasSuffix("].count")
    }
    rule.terminal.resize(columns: 30, rows: 12)
    try rule.await("the text in 30 columns") { screen in
      screen.lines[2] == "main> \(text.prefix(24))" && screen.text.hasSuffix("].count")
    }
    try rule.press(.enter, until: "Int = 24")
    try rule.finish()
  }
}
