import TerminalTesting
import Testing

/// Colours of what is typed, and the grey rest of an earlier input behind the cursor.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct SuggestionTests {
  private static let history = "run fetch(1)\nrun countdown(3)\nf {\\n  1\\n}\n"

  private func terminal(
    columns: Int = 40, editrc: String? = nil, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try FixtureTerminal(
      columns: columns, editrc: editrc, history: Self.history, environment: environment
    ).terminal
  }

  @Test func `the newest entry that goes on stands dim behind the cursor`() throws {
    let terminal = try terminal()
    terminal.send("run ")
    try terminal.waitForScreen("fixture> run countdown(3)", cursor: (0, 13))
    #expect(terminal.screen.style(row: 0, column: 12) == "")
    #expect(terminal.screen.style(row: 0, column: 13) == "2")
    terminal.send("f")
    try terminal.waitForScreen("fixture> run fetch(1)", cursor: (0, 14))
    terminal.send("x")
    try terminal.waitForScreen("fixture> run fx", cursor: (0, 15))
  }

  @Test(arguments: ["\u{1B}[C", "\u{6}", "\u{1B}[F", "\u{5}"])
  func `Right, Ctrl-F, End and Ctrl-E take all of it`(key: String) throws {
    let terminal = try terminal()
    terminal.send("run c\(key)!\r")
    try terminal.waitForText("<\"run countdown(3)!\">")
  }

  @Test(arguments: ["\u{1B}f", "\u{1B}[1;3C", "\u{1B}[1;5C"])
  func `Alt-F, Alt-Right and Ctrl-Right take a word of it`(key: String) throws {
    let terminal = try terminal()
    terminal.send("ru\(key)\(key)!\r")
    try terminal.waitForText("<\"run countdown!\">")
  }

  @Test func `an entry of several lines shows its first, and is taken whole`() throws {
    let terminal = try terminal()
    terminal.send("f")
    try terminal.waitForScreen("fixture> f { …", cursor: (0, 10))
    terminal.send("\u{1B}[C")
    try terminal.waitForScreen("fixture> f {\n......>   1\n......> }", cursor: (2, 9))
  }

  @Test func `it never stays on the screen`() throws {
    let terminal = try terminal()
    terminal.send("run\r")
    try terminal.waitForText("<\"run\">\nfixture>")
    #expect(terminal.screen.lines[0] == "fixture> run")
    terminal.send("run \u{3}")
    try terminal.waitForText("fixture> run ^C\ninterrupted")
    terminal.send("run c\u{1B}[D")
    try terminal.wait(for: "no suggestion away from the end") {
      $0.currentLine == "fixture> run c" && $0.column == 13
    }
  }

  @Test func `it takes no more than the rest of its row`() throws {
    let terminal = try terminal(columns: 20)
    terminal.send("run ")
    try terminal.waitForScreen("fixture> run count…", cursor: (0, 13))
    terminal.send("\u{1B}[C")
    try terminal.waitForScreen("fixture> run countdo\nwn(3)", cursor: (1, 5))
  }

  @Test func `there is none where only colour could tell it from the text`() throws {
    let terminal = try terminal(environment: ["NO_COLOR": "1"])
    terminal.send("run c\u{6}!\r")
    try terminal.waitForText("<\"run c!\">")
  }

  @Test func `Alt-F that the user has bound stays theirs`() throws {
    let terminal = try terminal(editrc: "bind ^[f ed-move-to-beg\n")
    terminal.send("run c\u{1B}f!\r")
    try terminal.waitForText("<\"!run c\">")
  }

  @Test func `words are coloured by what they are, also where a row wraps`() throws {
    let terminal = try terminal(columns: 20)
    terminal.send("let x let\nlet")
    try terminal.waitForText("let x let")
    let screen = terminal.screen
    #expect(screen.style(row: 0, column: 9) == "35" && screen.style(row: 0, column: 12) == "")
    #expect(screen.style(row: 0, column: 15) == "35")
    #expect(screen.unknown.isEmpty)
  }

  @Test func `a text of more than 20,000 characters stays plain`() throws {
    let terminal = try terminal(columns: 200)
    let text = "let " + String(repeating: "x", count: 20_000)
    terminal.send("\u{1B}[200~\(text)\u{1B}[201~\u{1}")
    try terminal.wait(for: "the start") { $0.lines[0].hasPrefix("fixture> let xxx") }
    #expect(terminal.screen.style(row: 0, column: 9) == "")
  }
}
