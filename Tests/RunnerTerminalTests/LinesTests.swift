import TerminalTesting
import Testing

/// Inputs of several lines: where a further one begins, and which one the keys act on.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct LinesTests {
  private static let up = "\u{1B}[A"
  private static let left = "\u{1B}[D"
  private static let home = "\u{1B}[H"
  private static let end = "\u{1B}[F"

  /// A terminal with `func h() {`, `a(1)` and `b(2)`, the cursor behind the last.
  private func terminal(columns: Int = 40) throws -> PseudoTerminal {
    let terminal = try FixtureTerminal(columns: columns).terminal
    for (line, next) in [("func h() {", 1), ("a(1)", 2)] {
      terminal.send("\(line)\r")
      try terminal.wait(for: "line \(next)") { $0.row == next && $0.column == 10 }
    }
    terminal.send("b(2)")
    try terminal.waitForLine("......>   b(2)")
    return terminal
  }

  // MARK: - Return

  @Test func `Return begins a line below the cursor's, not at the end`() throws {
    let terminal = try terminal()
    terminal.send(Self.up)
    try terminal.wait(for: "the line above") { $0.row == 1 }
    terminal.send("\(Self.end)\r")
    try terminal.waitForScreen(
      "fixture> func h() {\n......>   a(1)\n......>\n......>   b(2)", cursor: (2, 10))
    terminal.send("c(3)")
    try terminal.waitForLine("......>   c(3)")
    // Whole, it is accepted wherever the cursor stands.
    terminal.send("}\r")
    try terminal.waitForText("<\"func h() {\\n  a(1)\\n  c(3)}\\n  b(2)\">\nfixture>")
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `Return within a line takes what follows the cursor to the next`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("func h() { print(1); print(2)")
    try terminal.wait(for: "the line") { $0.column == 38 }
    terminal.send(String(repeating: Self.left, count: 9))
    try terminal.wait(for: "the place") { $0.column == 29 }
    terminal.send(Self.left)
    try terminal.wait(for: "the blank") { $0.column == 28 }
    terminal.send("\r")
    try terminal.waitForScreen(
      "fixture> func h() { print(1)\n......>   ; print(2)", cursor: (1, 10))
    terminal.send("\u{1B}[C")
    try terminal.wait(for: "the blank") { $0.column == 11 }
    terminal.send("\r")
    try terminal.waitForScreen(
      "fixture> func h() { print(1)\n......>   ;\n......>   print(2)", cursor: (2, 10))
    terminal.send("\u{1F}")
    try terminal.waitForScreen(
      "fixture> func h() { print(1)\n......>   ; print(2)", cursor: (1, 11))
  }

  @Test(arguments: ["\r", "\u{1B}\r"])
  func `a closing bracket behind the cursor is indented as one that is typed`(key: String) throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f { g { }")
    try terminal.wait(for: "the line") { $0.column == 18 }
    terminal.send("\(Self.left)\(Self.left)")
    try terminal.wait(for: "the place") { $0.column == 16 }
    terminal.send(key)
    try terminal.waitForScreen("fixture> f { g {\n......>   }", cursor: (1, 10))
  }

  @Test func `Alt-Return indents a closing bracket, in a whole input too`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f { }")
    try terminal.wait(for: "the line") { $0.column == 14 }
    terminal.send("\(Self.left)\(Self.left)")
    try terminal.wait(for: "the place") { $0.column == 12 }
    terminal.send("\u{1B}\r")
    try terminal.waitForScreen("fixture> f {\n......> }", cursor: (1, 8))
    terminal.send("\r")
    try terminal.waitForText("<\"f {\\n}\">")
  }

  @Test func `a line may follow more closing brackets than there were opening ones`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("}}\u{1B}\r")
    try terminal.waitForScreen("fixture> }}\n......>", cursor: (1, 8))
    terminal.send("x\r")
    try terminal.waitForText("<\"}}\\nx\">\nfixture>")
  }

  @Test func `a paste without brackets stays as it is, in the middle of an input too`() throws {
    let terminal = try terminal(columns: 100)
    terminal.send(Self.up)
    try terminal.wait(for: "the line above") { $0.row == 1 }
    terminal.send(Self.end + "\r one\r\t\ttwo {\rthree} ")
    try terminal.wait(for: "the paste") { $0.text.contains("three}") }
    terminal.send("}\r")
    try terminal.waitForText(
      "<\"func h() {\\n  a(1)\\n one\\n\\t\\ttwo {\\nthree} }\\n  b(2)\">")
  }

  // MARK: - Ends of a line, and kills

  @Test(arguments: [("\u{1}", "\u{5}"), (home, end)])
  func `the ends of a line are those of the cursor's line`(
    start: String, end: String
  ) throws {
    let terminal = try terminal()
    terminal.send(Self.up)
    try terminal.wait(for: "the line above") { $0.row == 1 }
    terminal.send(start)
    try terminal.wait(for: "the beginning") { $0.row == 1 && $0.column == 8 }
    terminal.send(end)
    try terminal.wait(for: "the end") { $0.row == 1 && $0.column == 14 }
    terminal.send("\(end)\(start)\(start)c\(end)\(end)!")
    try terminal.waitForScreen(
      "fixture> func h() {\n......> c  a(1)!\n......>   b(2)", cursor: (1, 16))
  }

  @Test func `Alt and less or greater go to the ends of the input`() throws {
    let terminal = try terminal()
    terminal.send("\u{1B}<")
    try terminal.wait(for: "the beginning") { $0.row == 0 && $0.column == 9 }
    terminal.send("\u{1B}>")
    try terminal.wait(for: "the end") { $0.row == 2 && $0.column == 14 }
  }

  @Test func `Ctrl-K cuts to the end of the line, then the newline, for one yank`() throws {
    let terminal = try terminal()
    terminal.send("\(Self.up)\u{1}\u{B}")
    try terminal.waitForScreen("fixture> func h() {\n......>\n......>   b(2)", cursor: (1, 8))
    terminal.send("\u{B}")
    try terminal.waitForScreen("fixture> func h() {\n......>   b(2)", cursor: (1, 8))
    terminal.send("\u{1F}")
    try terminal.waitForScreen("fixture> func h() {\n......>\n......>   b(2)", cursor: (1, 8))
    terminal.send("\u{B}\u{5}!\u{19}")
    try terminal.waitForScreen("fixture> func h() {\n......>   b(2)!\n......>", cursor: (2, 8))
    terminal.send("\u{B}\u{15}\u{15}")
    try terminal.waitForScreen("fixture> func h() {\n......>", cursor: (1, 8))
    terminal.send("\u{15}\u{19}}\r")
    try terminal.waitForText("<\"func h() {\\n  b(2)!\\n}\">\nfixture>")
  }

  @Test(arguments: [
    ("one two\u{1B}b\u{B}!\u{19}", "one !two"), ("one two\u{1B}b\u{15}\u{5}!\u{19}", "two!one "),
    // What takes nothing leaves what was cut.
    ("one two\u{1B}b\u{B}!\u{B}\u{19}", "one !two"),
    ("one two\u{15}x\u{17}\u{19}", "x"), ("one two\u{17}x\u{15}\u{19}", "one x"),
  ])
  func `a cut of part of a line is yanked`(keys: String, line: String) throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("\(keys)\r")
    try terminal.waitForText("<\"\(line)\">\nfixture>")
  }

  // MARK: - Earlier inputs

  @Test func `an earlier input that was changed is kept while one walks`() throws {
    let terminal = try FixtureTerminal(history: "one\ntwo\n").terminal
    terminal.send("draft\(Self.up)!")
    try terminal.waitForLine("fixture> two!")
    terminal.send("\(Self.up)?")
    try terminal.waitForLine("fixture> one?")
    terminal.send("\u{1B}[B")
    try terminal.waitForLine("fixture> two!")
    terminal.send("\u{1B}[B")
    try terminal.waitForLine("fixture> draft")
    terminal.send("\(Self.up)\r")
    try terminal.waitForText("<\"two!\">\nfixture>")
    terminal.send("\(Self.up)\(Self.up)")
    // Behind it stands, dim, how the newest input went on.
    try terminal.wait(for: "the entry as it was") {
      $0.currentLine.hasPrefix("fixture> two") && $0.column == 12
    }
    terminal.send(Self.up)
    try terminal.waitForLine("fixture> one")
  }

  @Test func `Alt-. puts in the last word of the input before, again that of an earlier one`()
    throws
  {
    let terminal = try FixtureTerminal(history: "run a(1)\nload \"b c\"\n").terminal
    terminal.send("x \u{1B}.")
    try terminal.waitForLine("fixture> x \"b c\"")
    terminal.send("\u{1B}.")
    try terminal.waitForLine("fixture> x a(1)")
    terminal.send("\u{1B}. \u{1B}.\r")
    try terminal.waitForText("<\"x a(1) \\\"b c\\\"\">\nfixture>")
    terminal.send("\u{1B}.\u{1F}y")
    try terminal.waitForLine("fixture> y")
  }

  @Test func `Alt-. stays the person's own`() throws {
    let terminal = try FixtureTerminal(
      editrc: "bind ^[. ed-move-to-beg\n", history: "run a(1)\n"
    ).terminal
    terminal.send("x\u{1B}.y\r")
    try terminal.waitForText("<\"yx\">")
  }
}
