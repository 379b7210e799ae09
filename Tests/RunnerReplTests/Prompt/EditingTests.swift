import TerminalTesting
import Testing

/// What is typed while tasks print, and what Tab and the arrow keys bring.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct EditingTests {
  private static let left = "\u{1B}[D"

  @Test func `rule 17: a line that is typed and edited survives what a task prints`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.enter("spawn ticker(every: 0.02) --name metro")
    try prompt.terminal.waitForText("tick 2")
    prompt.terminal.send("run family(9)")
    let ticks = prompt.lines.count { $0.hasPrefix("tick ") }
    try prompt.terminal.wait(for: "50 ticks") { _ in
      prompt.lines.count { $0.hasPrefix("tick ") } > ticks + 50
    }
    try prompt.terminal.waitForLine("main> run family(9)")
    prompt.terminal.send(Self.left + Self.left + "\u{4}0")
    try prompt.terminal.waitForLine("main> run family(0)")
    try prompt.terminal.wait(for: "the cursor before the bracket") { $0.column == 18 }
    let later = prompt.lines.count { $0.hasPrefix("tick ") }
    try prompt.terminal.wait(for: "more ticks") { screen in
      prompt.lines.count { $0.hasPrefix("tick ") } > later + 5
        && screen.currentLine == "main> run family(0)" && screen.column == 18
    }
    prompt.terminal.send("\u{15}\u{B}cancel metro\r")
    try prompt.terminal.waitForText("✓ task 1 metro cancelled")
    let numbers = prompt.lines.compactMap { line in
      line.hasPrefix("tick ") ? Int(line.dropFirst(5)) : nil
    }
    #expect(numbers == Array(1...numbers.count))
    #expect(prompt.terminal.screen.unknown.isEmpty)
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 12: Tab completes a command, a flag, a runner and a task`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("new laboratory")
    try prompt.execute("spawn sleep(60) --name metro")
    prompt.terminal.send("inter\t")
    try prompt.terminal.waitForLine("main> interrupt")
    prompt.terminal.send(" labo\t")
    try prompt.terminal.waitForLine("main> interrupt laboratory")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForLine("main>")
    prompt.terminal.send("cancel met\t --wi\t")
    try prompt.terminal.waitForLine("main> cancel metro --within")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForLine("main>")
    prompt.terminal.send("run countd\t")
    try prompt.terminal.waitForLine("main> run countdown(")
    prompt.terminal.send("0)\r")
    try prompt.terminal.waitForText("liftoff")
    #expect(try prompt.leave() == 0)
  }

  @Test func `a pasted line that is too long is refused, and the next ones are executed`() throws {
    let prompt = try Prompt(["-q"])
    let text = "run countdown(" + String(repeating: "1", count: 300_000) + ")"
    prompt.terminal.send("\u{1B}[200~\(text)\u{1B}[201~\r")
    try prompt.terminal.wait(for: "the refusal", seconds: 40) { _ in
      prompt.lines.contains { $0.contains("nothing was executed") }
    }
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("run countdown(0)") == ["liftoff"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `bytes that are no text do no harm to the lines after them`() throws {
    let prompt = try Prompt(["-q"])
    prompt.terminal.send([0x70, 0x73, 0x20, 0xFF, 0xC3, 0x00, 0x0D])
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("run countdown(0)") == ["liftoff"])
    #expect(try prompt.leave() == 0)
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
  func `rule 37: a prompt without colours has none`(environment: [String: String]) throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      Batch.program, ["-q"], columns: 100, rows: 30,
      environment: home.environment.merging(environment) { $1 })
    try terminal.waitForLine("main>")
    terminal.send("ps\r")
    try terminal.waitForText("no tasks\nmain>")
    let text = String(decoding: terminal.bytes, as: UTF8.self)
    #expect(environment["TERM"] == nil || !text.contains("\u{1B}"))
    #expect(!text.contains(/\u{1B}\[[0-9;]+m/))
    terminal.send("\u{4}")
    #expect(try terminal.waitForExit() == 0)
  }
}
