import Testing
import TerminalTesting

/// What is typed is coloured by what it is, by the parser of Swift.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct HighlightingTests {
  @Test func `commands are told from other words, and Swift has its colours`() throws {
    let prompt = try Prompt(["--color", "always"])
    let terminal = prompt.terminal
    terminal.send("ps --all")
    try terminal.wait(for: "a command") {
      $0.currentLine == "main> ps --all" && $0.style(row: $0.row, column: 6) == "1"
        && $0.style(row: $0.row, column: 9) == "36"
    }
    terminal.send("\u{15}pz")
    try terminal.wait(for: "no command") {
      $0.currentLine == "main> pz" && $0.style(row: $0.row, column: 6) == ""
    }
    terminal.send("\u{15}let s = \"a\" + 12 // end")
    try terminal.wait(for: "Swift") { screen in
      screen.currentLine == "main> let s = \"a\" + 12 // end"
        && [6: "35", 10: "", 14: "32", 16: "32", 20: "36", 23: "2"].allSatisfy {
          screen.style(row: screen.row, column: $0.key) == $0.value
        }
    }
    terminal.send("\u{15}set highlighting off\r")
    try terminal.waitForLine("main>")
    terminal.send("ps")
    try terminal.wait(for: "no colour") {
      $0.currentLine == "main> ps" && $0.style(row: $0.row, column: 6) == ""
    }
  }

  @Test func `what was typed before is suggested, searched and switched off`() throws {
    let prompt = try Prompt()
    let terminal = prompt.terminal
    try prompt.execute("spawn sleep(3600) --name first")
    terminal.send("spa")
    try terminal.waitForLine("main> spawn sleep(3600) --name first")
    #expect(terminal.screen.column == 9)
    terminal.send("\u{15}")
    #expect(
      try prompt.execute("history -g sleep") == [
        "spawn sleep(3600) --name first", "history -g sleep", "2 of 2 inputs",
      ])
    try prompt.execute("set suggestions off")
    terminal.send("spa")
    try terminal.waitForLine("main> spa")
  }
}
