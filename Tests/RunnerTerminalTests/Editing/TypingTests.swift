import TerminalTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TypingTests {
  @Test func `the assistant is told once for each line that somebody types`() throws {
    let terminal = try FixtureTerminal().terminal
    for text in ["a", "ab", "abc"] {
      terminal.send(String(text.suffix(1)))
      try terminal.waitForLine("fixture> \(text)")
    }
    terminal.send("\r")
    try terminal.waitForText("<\"abc\">\nfixture>")
    terminal.send("typing")
    try terminal.waitForLine("fixture> typing")
    terminal.send("\r")
    try terminal.waitForText("typed 2\nfixture>")
  }
}
