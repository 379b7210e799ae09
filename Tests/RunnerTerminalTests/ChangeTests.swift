import TerminalTesting
import Testing

/// Undoing and killing with emacs's keys.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct ChangeTests {
  private func terminal(
    _ keys: String = "", editrc: String? = nil, history: String? = nil
  ) throws -> PseudoTerminal {
    let terminal = try FixtureTerminal(editrc: editrc, history: history).terminal
    terminal.send(keys)
    return terminal
  }

  /// Types words key by key, as a person does.
  private func type(_ text: String, into terminal: PseudoTerminal) throws {
    for character in text {
      let column = terminal.screen.column + 1
      terminal.send(String(character))
      try terminal.wait(for: "'\(character)'") { $0.column == column }
    }
  }

  // MARK: - Undo

  @Test(arguments: [
    ("one two\u{17}", "one", "one two"), ("one two\u{1}\u{B}", "", "one two"),
    ("one two\u{15}", "", "one two"), ("one two\u{1}\u{1B}d", " two", "one two"),
    ("one\u{1B}[200~ two\u{1B}[201~", "one two", "one"), ("runner_i\t", "runner_info", "runner_i"),
    ("one\u{7F}", "on", "one"), ("one\u{1B}[D\u{4}", "on", "one"),
    ("one\u{17}\u{19}", "one", ""), ("draft\u{1B}[A", "run countdown(3)", "draft"),
    ("run cou\u{6}!", "run countdown(3)!", "run countdown(3)"),
  ])
  func `Ctrl-_ takes back a change of any kind`(keys: String, shown: String, line: String) throws {
    for undo in ["\u{1F}", "\u{18}\u{15}"] {
      let terminal = try terminal(history: "run countdown(3)\n")
      terminal.send(keys)
      try terminal.waitForLine(shown.isEmpty ? "fixture>" : "fixture> \(shown)")
      terminal.send(undo)
      try terminal.waitForLine(line.isEmpty ? "fixture>" : "fixture> \(line)")
      terminal.send("\r")
      if !line.isEmpty { try terminal.waitForText("<\"\(line)\">\nfixture>") }
      #expect(terminal.screen.unknown.isEmpty)
    }
  }

  @Test func `an accepted suggestion and a further line are taken back`() throws {
    let terminal = try terminal("run cou", history: "run countdown(3)\n")
    try terminal.wait(for: "the suggestion") { $0.currentLine.hasSuffix("(3)") && $0.column == 16 }
    terminal.send("\u{6}")
    try terminal.wait(for: "the entry") { $0.column == 25 }
    terminal.send("\u{1F}")
    try terminal.wait(for: "what was typed") { $0.column == 16 }
    terminal.send("\u{15}f {\r")
    try terminal.waitForLine("......>")
    terminal.send("\u{1F}")
    try terminal.waitForScreen("fixture> f {", cursor: (0, 12))
  }

  @Test func `words that were typed are taken back one by one, and the cursor is where it was`()
    throws
  {
    let terminal = try terminal()
    try type("one two  three", into: terminal)
    terminal.send("\u{1}")
    try terminal.wait(for: "the start") { $0.column == 9 }
    terminal.send("\u{B}")
    try terminal.waitForScreen("fixture>", cursor: (0, 9))
    terminal.send("\u{1F}")
    try terminal.waitForScreen("fixture> one two  three", cursor: (0, 9))
    terminal.send("\u{1F}")
    try terminal.waitForScreen("fixture> one two", cursor: (0, 18))
    terminal.send("\u{1F}")
    try terminal.waitForScreen("fixture> one", cursor: (0, 13))
    terminal.send("\u{1F}\u{1F}\u{1F}")
    try terminal.waitForScreen("fixture>", cursor: (0, 9))
    terminal.send("new\r")
    try terminal.waitForText("<\"new\">\nfixture>")
    terminal.send("x\u{1F}\u{1F}")
    try terminal.wait(for: "no text of the line before") { $0.currentLine == "fixture>" }
  }

  @Test func `what is typed after undoing can be undone too`() throws {
    let terminal = try terminal("one\u{17}\u{1F}")
    try terminal.waitForLine("fixture> one")
    terminal.send("\u{15}two\u{15}\u{1F}")
    try terminal.waitForLine("fixture> two")
    terminal.send("\u{1F}\u{1F}")
    try terminal.waitForLine("fixture> one")
  }

  @Test func `keys that the person has bound stay theirs`() throws {
    let terminal = try terminal(
      "abc\u{1F}x\u{18}\u{15}y\r", editrc: "bind ^_ ed-move-to-beg\nbind ^X^U ed-move-to-end\n")
    try terminal.waitForText("<\"xabcy\">")
  }

  // MARK: - Kill

  @Test(arguments: [
    ("one two three\u{17}\u{17}!\u{19}", "one !two three"),
    ("one two three\u{1}\u{1B}d\u{1B}d!\u{19}", "!one two three"),
    ("one two\u{1B}b\u{17}\u{B}!\u{19}", "!one two"),
    ("one two\u{1B}b\u{B}\u{17}!\u{19}", "!one two"),
    ("one two three\u{17}\u{17}\u{17}\u{19}\u{19}", "one two threeone two three"),
    // Any other key between two kills begins anew.
    ("one two\u{17}\u{1}\u{1B}[C\u{5}\u{17}\u{19}", "one "),
    ("one two three\u{17}\u{17}!\u{17}\u{19}", "one !"),
  ])
  func `kills that follow each other are yanked together`(keys: String, line: String) throws {
    let terminal = try terminal("\(keys)\r")
    try terminal.waitForText("<\"\(line)\">")
  }

  @Test func `what was killed together outlives the line`() throws {
    let terminal = try terminal("one two\u{17}\u{17}\rx\u{19}\r")
    try terminal.waitForText("<\"xone two\">")
  }
}
