import Foundation
import TerminalTesting
import Testing

/// The session of the specification, on a real terminal.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct SessionTests {
  @Test func `the specification's session, word for word`() throws {
    let prompt = try Prompt()
    #expect(
      prompt.lines.first
        == "runner-repl 0.1 · Swift 6.3.1 · libedit · type help, or countdown(3)")
    // Rule 39: without a compiler it says so once, and works.
    #expect(prompt.lines.dropFirst().first?.hasPrefix("There is no 'swiftc' on the PATH") == true)
    #expect(try prompt.execute("run countdown(3)") == ["3", "2", "1", "liftoff"])
    #expect(try prompt.execute("spawn ticker(every: 0.5) --name metro") == ["task 2 metro"])
    #expect(try prompt.execute("start main").contains("main: loop running"))
    let table = try prompt.execute("ps").filter { !$0.hasPrefix("tick ") }
    #expect(
      table.first?.hasPrefix("ID  NAME   STATE      WAITING FOR          AGE    CANCELS") == true)
    let row = try #require(table.dropFirst().first)
    #expect(row.hasPrefix(" 2  metro  suspended  sleep, 0."))
    #expect(row.contains(" s left"))
    #expect(row.hasSuffix("0        ticker(every:) at Ticker.swift:17"))
    let cancelled = try prompt.execute("cancel 2").filter { !$0.hasPrefix("tick ") }
    #expect(cancelled.count == 1)
    #expect(cancelled.first?.hasPrefix("✓ task 2 metro cancelled after ") == true)
    let closed = try prompt.execute("close main")
    #expect(closed.count == 1)
    #expect(closed.first?.hasPrefix("main: closed in ") == true)
    #expect(closed.first?.hasSuffix(" · 0 tasks left · nothing refused") == true)
    #expect(prompt.terminal.screen.currentLine == "main (closed)>")
    #expect(try prompt.leave() == 0)
    #expect(prompt.terminal.isCooked)
    #expect(prompt.terminal.screen.unknown.isEmpty)
  }

  @Test func `a cancel, a wait and a close that take long say so, and leave no trace`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.execute("spawn stubborn(60) --name mule")
    for (line, sign, last) in [
      ("cancel mule --within 1s", " cancelling 0.", "has ignored cancellation"),
      ("wait mule --limit 1s", " waiting for task 1 mule 0.", "has not ended within 1.0 s"),
      ("close main --deadline 1s", " closing main 0.", "refused"),
    ] {
      prompt.terminal.send(line + "\r")
      try prompt.terminal.wait(for: sign) { $0.text.contains(sign) }
      try prompt.terminal.wait(for: last) {
        $0.text.contains(last) && Prompt.empty.contains($0.currentLine)
      }
      #expect(!prompt.terminal.screen.transcript.contains(sign))
    }
    #expect(try prompt.leave() == 0)
  }

  @Test func `leaving tells of the runs that it ends beside the tasks`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.execute("spawn sleep(60)")
    try prompt.execute("run sleep(99) &")
    try prompt.enter("quit")
    #expect(try prompt.terminal.waitForExit() == 0)
    let last = try #require(prompt.lines.last)
    #expect(
      last.hasSuffix(" · 1 run interrupted · 1 task left: 1 cancelled · nothing refused"))
  }

  @Test func `an empty line does nothing, and an error loses nothing`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("spawn sleep(60) --name nap")
    prompt.terminal.send("\r\r")
    #expect(
      try prompt.execute("non sense") == [
        "There is no command 'non'. Type 'help' for the list."
      ])
    #expect(try prompt.execute("run fail(after: 0)").first?.hasPrefix("PlannedFailure: ") == true)
    #expect(try prompt.execute("ps").dropFirst().first?.hasPrefix(" 1  nap ") == true)
    #expect(try prompt.leave() == 0)
  }

  @Test func `a deadlock is told at the prompt, drawn by tree and ended by cancel`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("run deadlock() &")
    try prompt.terminal.waitForText("wait for each other")
    let tree = try prompt.execute("tree")
    #expect(tree.contains { $0.contains("↺ closes the cycle") })
    #expect(tree.contains { $0.hasPrefix("cycle: ") })
    try prompt.enter("cancel left")
    try prompt.terminal.waitForText("[1] deadlock() ended:")
    #expect(try prompt.leave() == 0)
  }

  @Test func `the init file is executed, and goes on after an error`() throws {
    let home = try Home()
    try home.write("new lab\nnon sense\nnew other\n", to: home.initPath)
    let prompt = try Prompt(["-q"], home: home)
    #expect(prompt.lines.contains { $0.contains("There is no command 'non'.") })
    let runners = try prompt.execute("runners")
    #expect(
      runners.contains { $0.hasPrefix("lab ") } && runners.contains { $0.hasPrefix("other ") })
    #expect(try prompt.leave() == 0)

    let without = try Prompt(["-q", "--no-init"], home: home)
    #expect(without.lines == ["main>"])
    #expect(try without.leave() == 0)
  }
}
