import TerminalTesting
import Testing

/// vi's command mode in an input of several lines.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct ViLinesTests {
  private static let text = ["func h() {", "  a(1)", "  b(2) c"]

  /// A terminal in command mode, its cursor on the last character of `func h() {`, `a(1)` and `b(2) c`.
  private func terminal(_ more: String = "", history: String? = nil) throws -> PseudoTerminal {
    let terminal = try FixtureTerminal(
      columns: 60, editrc: "bind -v\n\(more)", history: history
    ).terminal
    terminal.send("\u{1B}[200~\(Self.text.joined(separator: "\r"))\u{1B}[201~")
    try terminal.wait(for: "the paste") { $0.row == 2 && $0.column == 16 }
    terminal.send("\u{1B}")
    try terminal.wait(for: "command mode") { $0.row == 2 && $0.column == 15 }
    return terminal
  }

  /// What the keys make of the text, in one line of the screen each.
  private func expect(
    _ lines: [String], _ cursor: (Int, Int)? = nil, in terminal: PseudoTerminal
  ) throws {
    let rows = lines.enumerated().map { index, line in
      let row = (index == 0 ? "fixture> " : "......> ") + line
      return String(row.reversed().drop { $0 == " " }.reversed())
    }
    let text = rows.joined(separator: "\n")
    try terminal.wait(for: "\(lines), the cursor at \(cursor.map { "\($0)" } ?? "any place")") {
      screen in
      let isThere = cursor.map { $0 == (screen.row, screen.column) } ?? true
      return screen.text == text && isThere
    }
  }

  @Test func `j and k go through the lines, then through the history`() throws {
    let terminal = try terminal(history: "older\n")
    for (key, row, column) in [
      ("k", 1, 13), ("k", 0, 14), ("j", 1, 13), ("2k", 0, 14), ("9j", 2, 13), ("-", 1, 10),
      ("+", 2, 10), ("2k", 0, 11),
    ] {
      terminal.send(key)
      try terminal.wait(for: "\(key) to \(row), \(column)") { $0.row == row && $0.column == column }
    }
    terminal.send("k")
    try terminal.waitForScreen("fixture> older")
    terminal.send("j")
    try expect(Self.text, in: terminal)
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `the motions within a line stay in it`() throws {
    let terminal = try terminal()
    terminal.send("k")
    try terminal.wait(for: "the line above") { $0.row == 1 && $0.column == 13 }
    for (key, column) in [
      ("0", 8), ("h", 8), ("^", 10), ("$", 13), ("l", 13), ("2h", 11), ("10h", 8), ("10l", 13),
      ("0", 8), ("\u{1B}[F", 13), ("\u{1B}[H", 8), ("f(", 11), ("0", 8),
    ] {
      terminal.send(key)
      try terminal.wait(for: "\(key) to \(column)") { $0.row == 1 && $0.column == column }
    }
  }

  @Test(arguments: [
    ("kIx", ["func h() {", "  xa(1)", "  b(2) c"]), ("kAx", ["func h() {", "  a(1)x", "  b(2) c"]),
    ("kox", ["func h() {", "  a(1)", "  x", "  b(2) c"]),
    ("kOx", ["func h() {", "  x", "  a(1)", "  b(2) c"]),
    ("k$D", ["func h() {", "  a(1", "  b(2) c"]), ("k0D", ["func h() {", "", "  b(2) c"]),
    ("kk0fhCx", ["func x", "  a(1)", "  b(2) c"]), ("kdd", ["func h() {", "  b(2) c"]),
    ("k2dd", ["func h() {"]), ("kd2d", ["func h() {"]), ("kdj", ["func h() {"]),
    ("dk", ["func h() {"]), ("dd", ["func h() {", "  a(1)"]),
    ("kddp", ["func h() {", "  b(2) c", "  a(1)"]),
    ("ddP", ["func h() {", "  b(2) c", "  a(1)"]), ("kyyjp", Self.text + ["  a(1)"]),
    ("kkdd.", ["  b(2) c"]), ("kddu", Self.text), ("kccx", ["func h() {", "  x", "  b(2) c"]),
    ("kSx", ["func h() {", "  x", "  b(2) c"]), ("k^d$", ["func h() {", "  ", "  b(2) c"]),
    ("k$d0", ["func h() {", ")", "  b(2) c"]), ("k$d^", ["func h() {", "  )", "  b(2) c"]),
    ("k^c$x", ["func h() {", "  x", "  b(2) c"]), ("k^9x", ["func h() {", "  ", "  b(2) c"]),
    ("k^9sx", ["func h() {", "  x", "  b(2) c"]), ("k^l9X", ["func h() {", "(1)", "  b(2) c"]),
    ("k^y$P", ["func h() {", "  a(1)a(1)", "  b(2) c"]),
    ("k$dw", ["func h() {", "  a(1", "  b(2) c"]),
    ("k$cwx", ["func h() {", "  a(1x", "  b(2) c"]),
    ("k^df1", ["func h() {", "  )", "  b(2) c"]),
    ("k^x.", ["func h() {", "  1)", "  b(2) c"]),
    ("kAx\u{1B}k.", ["func h() {x", "  a(1)x", "  b(2) c"]),
    ("kox\u{1B}k.", ["func h() {", "  a(1)", "  x", "  x", "  b(2) c"]),
    ("kccx\u{1B}j.", ["func h() {", "  x", "  x"]), ("kk0wD", ["func ", "  a(1)", "  b(2) c"]),
    ("kox\u{1B}u", Self.text), ("k$\u{B}", ["func h() {", "  a(1", "  b(2) c"]),
    ("kA\u{15}x", ["func h() {", "x", "  b(2) c"]),
  ])
  func `commands act on the cursor's line`(keys: String, lines: [String]) throws {
    let terminal = try terminal()
    for key in keys {
      terminal.send(String(key))
      // Escape is a key of its own when nothing follows for a while.
      if key == "\u{1B}" { while terminal.read(milliseconds: 100) {} }
    }
    try expect(lines, in: terminal)
    #expect(terminal.screen.unknown.isEmpty)
    terminal.send("\u{3}ok\r")
    try terminal.waitForText("<\"ok\">")
  }

  @Test func `after a change the cursor stands where vi's does`() throws {
    for (keys, row, column) in [
      ("kdd", 1, 10), ("dd", 1, 10), ("k$D", 1, 12), ("kyy", 1, 13), ("kddp", 2, 10),
    ] {
      let terminal = try terminal()
      terminal.send(keys)
      try terminal.wait(for: "\(keys) at \(row), \(column)") {
        $0.row == row && $0.column == column
      }
    }
  }

  @Test func `Return in command mode opens a line below the cursor's`() throws {
    let terminal = try terminal()
    terminal.send("k\rx")
    try expect(["func h() {", "  a(1)", "  x", "  b(2) c"], (2, 11), in: terminal)
  }

  @Test func `keys of one's own stay one's own`() throws {
    let terminal = try terminal("bind -a j ed-move-to-beg\nbind -a D ed-move-to-end\n")
    terminal.send("j")
    try terminal.wait(for: "the start") { $0.row == 0 && $0.column == 9 }
    terminal.send("D")
    try terminal.wait(for: "the end") { $0.row == 2 && $0.column == 15 }
  }
}
