import Foundation
import Testing
import TerminalTesting

/// What others write while a line is edited.
extension EditLineReaderTests {
  @Test func `rule 17: 1000 lines of output spare the line being typed`() throws {
    let terminal = try FixtureTerminal(rows: 10).terminal
    try terminal.prepare("tick 1000")
    terminal.send("half typed\u{1B}[D\u{1B}[D")
    try terminal.wait(for: "the text") {
      $0.currentLine == "fixture> half typed" && $0.column == 17
    }
    terminal.signal(SIGUSR1)
    for key in ["A", "B", "C", "D"] { terminal.send(key) }
    try terminal.wait(for: "all") {
      $0.text.contains("tick 999\n") && $0.currentLine == "fixture> half typABCDed"
    }
    #expect(terminal.screen.column == 21)
    let ticks = terminal.screen.transcript.split(separator: "\n").filter { $0.hasPrefix("tick ") }
    #expect(ticks == (0..<1000).map { "tick \($0)" })
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 18: output without a newline does not swallow the prompt`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("tail no newline\r")
    try terminal.waitForScreen("fixture> tail no newline\nno newline%\nfixture>", cursor: (2, 9))
  }

  @Test func `rule 18: an unfinished line stays above the prompt until it is whole`() throws {
    let terminal = try FixtureTerminal().terminal
    try terminal.prepare("later 10%\\r55%")
    terminal.send("typed")
    try terminal.waitForLine("fixture> typed")
    terminal.signal(SIGUSR1)
    try terminal.waitForScreen(
      "fixture> later 10%\\r55%\nready\n55%\nfixture> typed", cursor: (3, 14))
    terminal.send("\r")
    try terminal.waitForScreen(
      "fixture> later 10%\\r55%\nready\n55%\nfixture> typed\n<\"typed\">\nfixture>")
  }

  @Test func `a new prompt waits until nothing is typed`() throws {
    let terminal = try FixtureTerminal().terminal
    try terminal.prepare("prompt new")
    terminal.send("typed")
    try terminal.waitForLine("fixture> typed")
    terminal.signal(SIGUSR1)
    try terminal.waitForText("changed\nfixture> typed")
    terminal.send("!")
    try terminal.waitForLine("fixture> typed!")
    terminal.send("\u{15}")
    try terminal.waitForLine("new>")
    terminal.send("x\r")
    try terminal.waitForText("new> x\n<\"x\">\nfixture>")
  }

  @Test func `output of what runs can't act on the terminal either`() throws {
    let terminal = try FixtureTerminal(columns: 70).terminal
    terminal.send("tail a\\e[2J\\e[?1049hb\\e[31mred\r")
    try terminal.waitForText("abred%\nfixture>")
    #expect(terminal.screen.style(row: 1, column: 2) == "31")
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `a long line without end shows its end, and is whole when the line is accepted`()
    throws
  {
    let terminal = try FixtureTerminal(columns: 100, rows: 60).terminal
    try terminal.prepare("flow 20000")
    terminal.signal(SIGUSR1)
    try terminal.wait(for: "its end") {
      $0.text.contains("ready\n…") && $0.text.hasSuffix("6789\nfixture>")
    }
    terminal.send("go\r")
    try terminal.waitForText("<\"go\">")
    let digits = terminal.screen.transcript.filter { "0123456789".contains($0) }.count
    #expect(digits == 20_000 + "flow 20000".filter(\.isNumber).count)
  }

  @Test func `output beside a prompt can't move the cursor`() throws {
    let terminal = try FixtureTerminal(columns: 70).terminal
    try terminal.prepare("later \\e[2Ja\\e[31mred\\e[H\\e]0;title\\u{7}x\\n\\e[6ny\\n")
    terminal.signal(SIGUSR1)
    try terminal.wait(for: "the output") { $0.text.hasSuffix("ared\ny\nfixture>") }
    #expect(terminal.screen.style(row: 2, column: 1) == "31")
    #expect(terminal.screen.unknown.isEmpty)
  }
}
