import Foundation
import TerminalTesting
import Testing

/// Without a terminal, and in surroundings that lack something.
extension RuleTests {
  private func recorder(_ number: Int) throws -> RuleRecorder {
    RuleRecorder(number, at: try Prompt(["-q"]))
  }

  /// A prompt in such surroundings, which may not be edited at.
  private func prompt(_ variables: [String: String]) throws -> Prompt {
    let home = try Home()
    let terminal = try PseudoTerminal(
      Batch.program, ["-q"], columns: 100, rows: 30,
      environment: home.environment.merging(variables) { $1 })
    try terminal.waitForLine("main>")
    return Prompt(at: terminal, home: home)
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
    rule.say("A file:")
    let file = try rule.prompt.home.write(
      "run countdown(0)\nrun fail(after: 0)\nrun family(0)\n", to: "session")
    let session = try rule.batch(arguments: ["-f", file], [])
    #expect(session.status == 1 && session.output == "liftoff\n")
    #expect(session.errors.hasPrefix("\(file):2: PlannedFailure: "))
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
    rule.say("With `TERM=dumb` nothing is edited, and no sequence is sent at all:")
    rule.goOn(with: try prompt(["TERM": "dumb"]))
    try rule.press("ps", .enter, until: "no tasks")
    rule.terminal.send("\u{4}")
    #expect(try rule.terminal.waitForExit() == 0)
    #expect(!rule.terminal.bytes.contains(0x1B))
    rule.say("With `NO_COLOR` in the environment nothing is coloured:")
    rule.goOn(with: try prompt(["NO_COLOR": "1"]))
    try rule.press("ps", .enter, until: "no tasks")
    let text = String(decoding: rule.terminal.bytes, as: UTF8.self)
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
    let help = try rule.enter("help cancel")
    rule.say("A test runs each example of each command; these are the ones of `cancel`:")
    let start = try #require(help.firstIndex(of: "examples"))
    let examples = help[(start + 1)...].map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(examples.count == 3)
    for line in ["start main", "spawn sleep(600) --name other", "spawn sleep(600) --name nap"]
      + ["spawn sleep(600) --name metro", "spawn sleep(600) --name fetch-3"]
    {
      try rule.prompt.execute(line)
    }
    rule.skip()
    for example in examples {
      #expect(try rule.enter(example).contains { $0.contains(" cancelled after ") }, "\(example)")
    }
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
    rule.say("Whoever wants no history is not told about it:")
    rule.goOn(
      with: try Prompt(["-q", "--no-history"], environment: ["HOME": "relative"]), fromTheTop: true)
    #expect(rule.prompt.lines == ["main>"])
    #expect(try rule.enter("run countdown(0)") == ["liftoff"])
    #expect(try rule.prompt.leave() == 0)
    try rule.expectPage()
  }
}
