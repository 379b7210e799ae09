import TerminalTesting
import Testing

/// Ctrl-C, wherever it is pressed.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct InterruptTests {
  private static let interrupt = "\u{3}"

  @Test func `a run that prints nothing shows that it lives, and then no trace of that`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("run sleep(60)")
    try prompt.terminal.waitForText(" s · Ctrl-C cancels")
    prompt.terminal.send("ahead")
    try prompt.terminal.waitForLine("ahead")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("interrupted: sleep(60) was cancelled\nmain>")
    #expect(!prompt.terminal.screen.transcript.contains("running"))
    #expect(prompt.terminal.screen.unknown.isEmpty)
    #expect(try prompt.leave() == 0)
  }

  @Test func `a run that has printed something shows nothing else`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("run countdown(3)")
    try prompt.terminal.waitForText("liftoff\nmain>")
    #expect(!prompt.lines.contains { $0.contains("running") })
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 19: Ctrl-C ends a run at once, in at most 3 lines, and nothing else`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("new other")
    try prompt.execute("start other")
    try prompt.enter("spawn other ticker(every: 0.1) --name metro")
    try prompt.terminal.waitForText("tick 2")
    try prompt.enter("run sleep(30)")
    try prompt.terminal.waitForText("main> run sleep(30)")
    let ticks = prompt.lines.count { $0.hasPrefix("tick ") }
    try prompt.terminal.wait(for: "another tick") { _ in
      prompt.lines.count { $0.hasPrefix("tick ") } > ticks
    }
    let start = ContinuousClock.now
    prompt.terminal.send(Self.interrupt)
    try prompt.terminal.waitForText("interrupted: sleep(30) was cancelled")
    #expect(ContinuousClock.now - start < .seconds(1))
    try prompt.terminal.waitForLine("main>")
    let shown = prompt.lines
    let typed = try #require(shown.lastIndex(of: "main> run sleep(30)"))
    // The terminal itself shows ^C, before whatever is printed next.
    let printed = shown[(typed + 1)...]
      .map { $0.hasPrefix("^C") ? String($0.dropFirst(2)) : $0 }
      .filter { !$0.isEmpty && !$0.hasPrefix("tick ") && $0 != "main>" }
    #expect(printed == ["interrupted: sleep(30) was cancelled"])
    let after = shown.count { $0.hasPrefix("tick ") }
    try prompt.terminal.wait(for: "a tick after the interrupt") { _ in
      prompt.lines.count { $0.hasPrefix("tick ") } > after
    }
    #expect(try prompt.leave() == 0)
  }

  @Test func `a second Ctrl-C gives the prompt back, and says what is still pending`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("new lab --deadline 0.2s")
    try prompt.enter("run lab stubborn(60)")
    try prompt.waitForRun()
    prompt.terminal.send(Self.interrupt)
    try prompt.terminal.waitForText("stubborn: ignoring request 1 to cancel")
    prompt.terminal.send(Self.interrupt)
    try prompt.terminal.waitForText(
      "interrupted: stubborn(60) did not end; task 1 is still pending on lab")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("ps").contains { $0.hasPrefix(" 1  stubborn  ") })
    #expect(try prompt.leave() == 0)
    #expect(prompt.lines.contains { $0.hasPrefix("task 1 stubborn refused to end, suspended in") })
  }

  @Test func `Ctrl-C gives up a wait, and the task goes on`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.execute("spawn sleep(60) --name nap")
    try prompt.enter("wait nap")
    try prompt.waitForRun()
    prompt.terminal.send(Self.interrupt)
    try prompt.terminal.waitForText("interrupted: task 1 nap goes on")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("ps").contains { $0.contains("nap") })
    #expect(try prompt.leave() == 0)
  }

  @Test func `Ctrl-C twice in a blocked loop gives the prompt back, and says so`() throws {
    let prompt = try Prompt(["-q"], columns: 400)
    try prompt.enter("run spin(8)")
    try prompt.waitForRun()
    let start = ContinuousClock.now
    try prompt.terminal.wait(for: "the prompt") { _ in
      // Two that come at once are one to the kernel.
      prompt.terminal.send(Self.interrupt)
      return prompt.lines.contains { $0.contains("blocked in synchronous code") }
    }
    #expect(ContinuousClock.now - start < .seconds(4))
    try prompt.terminal.waitForText("[1] spin(8) ended:")
    #expect(try prompt.leave() == 0)
  }
}
