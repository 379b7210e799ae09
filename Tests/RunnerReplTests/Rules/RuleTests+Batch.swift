import TerminalTesting
import Testing

/// Without a terminal, and in surroundings that lack something.
extension RuleTests {
  private func recorder(_ number: Int) throws -> RuleRecorder {
    RuleRecorder(number, at: try Prompt(["-q"]))
  }

  @Test func `rule 36: a batch writes results only, and ends at its first error`() throws {
    let rule = try recorder(36)
    #expect(try rule.batch("run countdown(1)", "run family(0)").output == "1\nliftoff\n[]\n")
    rule.say("Swift, when there is a compiler. The error has the place, and the exit status is 1:")
    let failure = try rule.batch(
      "let n = 20", "n + 22", "print(m)", "n", environment: Home.toolchain)
    #expect(failure.status == 1)
    #expect(failure.output == "42\n")
    #expect(failure.errors.hasPrefix("-c:3:7: error: cannot find 'm' in scope"))
    rule.say("A pipe:")
    let pipe = try rule.pipe("run countdown(0)\nrun fail(after: 0)\nrun family(0)\n")
    #expect(pipe.status == 1)
    #expect(pipe.errors.hasPrefix("stdin:2: PlannedFailure: "))
    rule.say("Every looking command writes JSON, with the name and the version of its schema:")
    let json = try rule.batch("runners --json")
    #expect(try documents(json.output).first?["schema"] as? String == "runner-repl/runners/1")
    #expect(try rule.prompt.leave() == 0)
    try rule.expectPage()
  }

  @Test func `rule 37: where no escapes are wanted, there are none`() throws {
    let rule = try recorder(37)
    rule.say("With `NO_COLOR` in the environment nothing is coloured:")
    let home = try Home()
    let terminal = try PseudoTerminal(
      Batch.program, ["-q"], columns: 100, rows: 30,
      environment: home.environment.merging(["NO_COLOR": "1"]) { $1 })
    try terminal.waitForLine("main>")
    rule.goOn(with: Prompt(at: terminal, home: home))
    try rule.press("ps", .enter, until: "no tasks")
    let text = String(decoding: terminal.bytes, as: UTF8.self)
    #expect(!text.contains(/\u{1B}\[[0-9;]+m/))
    let commands = ["run sleep(0)", "spawn sleep(600) --name nap", "tree", "history"]
    for (title, arguments, environment) in [
      ("`--ascii`:", ["--ascii"], [:]), ("`LANG=C`:", [], ["LC_ALL": nil, "LANG": "C"]),
    ] as [(String, [String], [String: String?])] {
      rule.say(title)
      let result = try rule.batch(arguments: arguments, commands, environment: environment)
      #expect((result.output + result.errors).utf8.allSatisfy { $0 < 0x80 && $0 != 0x1B })
    }
    rule.say("An output that is closed early, as by `head`, ends the program without a word:")
    let batch = try Batch(["-c", "run ticker(every: 0.05)"])
    try batch.waitForOutput("tick 1\n")
    batch.closeOutput()
    let result = try batch.finish()
    #expect(result.errors == "" && result.status == 141)
    rule.show("$ runner-repl -c 'run ticker(every: 0.05)' | head -n 1\ntick 1")
    try rule.finish()
  }

  @Test func `rule 38: help fits a screen, and each command has its own`() throws {
    let rule = try recorder(38)
    rule.stable.replacesTimes = false
    #expect(try rule.enter("help").count < 30)
    try rule.enter("help cancel")
    try rule.finish()
  }

  @Test func `rule 39: what is missing is told in one line`() throws {
    let rule = try recorder(39)
    rule.say("No compiler:")
    rule.goOn(with: try Prompt(columns: 200), fromTheTop: true)
    try rule.enter("run countdown(0)")
    #expect(try rule.prompt.leave() == 0)
    for (title, variables) in [
      ("No home:", ["HOME": "relative"]),
      ("A folder that cannot be written to:", ["XDG_STATE_HOME": "/proc"]),
    ] {
      rule.say(title)
      rule.goOn(with: try Prompt(["-q"], columns: 200, environment: variables), fromTheTop: true)
      #expect(rule.prompt.lines.count == 2)
      #expect(rule.prompt.lines.first?.contains("history will not be saved") == true)
      #expect(try rule.enter("run countdown(0)") == ["liftoff"])
      #expect(try rule.prompt.leave() == 0)
    }
    try rule.expectPage()
  }
}
