import TerminalTesting
import Testing

/// What the looking commands say of real tasks.
extension RuleTests {
  /// A prompt at which there is no compiler: commands and the built-in coroutines need none.
  private func recorder(
    _ number: Int, columns: Int = 100, rows: Int = 30
  ) throws -> RuleRecorder {
    RuleRecorder(number, at: try Prompt(["-q"], columns: columns, rows: rows))
  }

  @Test func `rule 29: listings have a stable order, a header and a true count`() throws {
    let rule = try recorder(29)
    try rule.enter("new lab")
    for name in ["nap-1", "nap-2"] { try rule.enter("spawn sleep(600) --name \(name)") }
    try rule.enter("spawn lab sleep(600) --name other")
    #expect(try rule.enter("ps").last == "3 tasks")
    rule.say("With a filter or a limit:")
    #expect(try rule.enter("ps --match 'nap-*'").last == "2 of 3 tasks")
    #expect(
      try rule.enter("ps --match 'nap-*' --limit 1").last
        == "1 of 2 tasks; --limit 0 shows all (2 of 3 match)")
    #expect(try rule.enter("ps --state suspended").last == "0 of 3 tasks")
    #expect(try rule.enter("runners").last == "2 runners")
    try rule.finish()
  }

  @Test func `rule 30: the tool's own tasks are hidden, --all shows them`() throws {
    let rule = try RuleRecorder(30)
    try rule.enter(
      "func patient() async throws { try await timeout(.seconds(600)) { try await sleep(600) } }")
    try rule.enter("spawn patient() --name nap")
    try rule.enter("start main")
    try rule.prompt.waitUntil("ps", has: "timeout in")
    rule.skip()
    #expect(try rule.enter("ps").count == 2)
    rule.say(
      "The body of a timeout is a task of the tool's, so that it can be cancelled by itself:")
    let all = try rule.enter("ps --all")
    #expect(all.last == "2 tasks")
    #expect(all.contains { $0.contains(" timeout  suspended ") })
    try rule.finish()
  }

  @Test func `rule 31: where has four answers`() throws {
    let rule = try recorder(31)
    try rule.enter("spawn sleep(600) --name nap")
    try rule.enter("run countdown(0)")
    try rule.enter("start main")
    try rule.prompt.waitUntil("ps", has: "sleep, ")
    rule.skip()
    rule.say("Of a suspended task, a finished one, and one that there never was:")
    #expect(try rule.enter("where nap").first?.hasPrefix("task 1 nap waits for sleep, ") == true)
    #expect(
      try rule.enter("where 2").first?.contains(/task 2 countdown returned .* ago; it has no stack/)
        == true)
    #expect(try rule.enter("where 99") == ["There is no task 99."])
    rule.say("Of one that runs:")
    try rule.enter("spawn spin(4) --name busy")
    try rule.prompt.waitUntil("loop", has: "blocked")
    rule.skip()
    let running = try rule.enter("where busy", until: "  spin(_:) at Spin.swift:")
    #expect(running.first == "task 3 busy is running; its thread was seen here")
    #expect(running.dropFirst().first?.hasPrefix("  spin(_:) at Spin.swift:") == true)
    try rule.prompt.waitUntil("loop", has: "step           none")
    try rule.finish()
  }

  @Test func `rule 32: a task that swallows its cancellation is told within the limit`() throws {
    let rule = try recorder(32)
    try rule.enter("start main")
    try rule.enter("spawn stubborn(600)")
    try rule.prompt.waitUntil("ps", has: "stubborn(_:) at")
    rule.skip()
    try rule.press(
      "cancel stubborn --within 0.2s", .enter, until: "has ignored cancellation for")
    rule.say("In a batch the exit status is 4:")
    let result = try rule.batch(
      "start main", "spawn stubborn(2)", "cancel stubborn --within 0.2s",
      "close main --deadline 0.2s")
    #expect(result.status == 4)
    try rule.enter("close main --deadline 0.2s")
    try rule.expectPage()
  }

  @Test func `rule 33: of very many tasks a part is listed, and all are counted`() throws {
    let rule = try RuleRecorder(33)
    try rule.press(
      .paste(
        """
        for n in 1...10_000 {
          _ = try EventLoop.current!.makeTask(named: "nap \\(n)") { try await sleep(600) }
        }
        """), .enter, until: "....> }")
    try rule.enter("start main")
    try rule.prompt.waitUntil("ps --match 'nap 10000'", has: "sleep, ")
    rule.skip()
    #expect(try rule.enter("ps --limit 3").last == "3 of 10000 tasks; --limit 0 shows all")
    rule.say("Without `--limit` 50 are shown.")
    var shown: [String] = []
    let figure = try rule.measure(within: .milliseconds(200)) {
      shown = try rule.prompt.execute("ps")
    }
    #expect(shown.last == "50 of 10000 tasks; --limit 0 shows all")
    rule.say(figure)
    rule.skip()
    #expect(
      try rule.enter("ps --match 'nap 99*' --limit 2").last?.hasSuffix("of 10000 match)") == true)
    try rule.finish()
  }

  @Test func `rule 34: a cycle is drawn, named and explained`() throws {
    let rule = try recorder(34)
    try rule.press("run deadlock() &", .enter, until: "wait for each other")
    #expect(try rule.enter("tree").contains { $0.hasPrefix("cycle: ") })
    #expect(try rule.enter("why").first?.hasPrefix("deadlock on main") == true)
    rule.say("In a batch the exit status is 5:")
    #expect(try rule.batch("run deadlock()").status == 5)
    // Which of the two ends is told first differs.
    try rule.prompt.execute("cancel left")
    try rule.finish()
  }

  @Test func `rule 35: ps, loop and where answer while a step blocks the loop`() throws {
    // Times of any length leave the lines as they are.
    let rule = try recorder(35, columns: 120)
    try rule.enter("run spin(5) &")
    // How far a stack is seen depends on when the thread gets a processor.
    try rule.enter("loop", until: " in task 1 spin, spin(_:) at ")
    let table = try rule.enter("ps", until: " spin(_:) at Spin.swift:")
    #expect(table.contains { $0.contains("spin") && $0.contains("running") })
    try rule.enter("where spin", until: "  spin(_:) at Spin.swift:")
    #expect(try rule.enter("why", until: "  in spin(_:) at ").contains { $0.contains("blocked") })
    // All answers came before the step was over.
    #expect(!rule.terminal.screen.transcript.contains("ended:"))
    try rule.await("the end of the step") {
      $0.text.contains("[1] spin(5) ended: returned") && $0.currentLine == "main>"
    }
    try rule.finish()
  }
}
