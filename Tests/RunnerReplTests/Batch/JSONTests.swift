import Testing

/// `--json` of the real program, and the examples of its help.
@Suite(.timeLimit(.minutes(1)))
struct JSONTests {
  @Test(arguments: [
    ("runners", "runners"), ("jobs --all", "jobs"), ("ps", "ps"), ("ps --state created", "ps"),
    ("tree", "tree"), ("task nap", "task"), ("loop", "loop"), ("loop main", "loop"),
    ("context", "context"), ("context 2", "context"), ("context 2 vs 3", "context"),
    ("history", "history"), ("examples", "examples"), ("examples sleep", "examples"),
    ("help", "help"), ("help run", "help"),
  ])
  func `rule 36: every looking command writes one document with its schema`(
    command: String, schema: String
  ) throws {
    let setting = [
      "-c", "run sleep(0)", "-c", "spawn ticker(every: 60) --name nap", "-c", "spawn sleep(60)",
    ]
    let byFlag = try Batch(setting + ["-c", "\(command) --json"]).finish()
    #expect(byFlag.status == 0 && byFlag.errors == "")
    let lines = byFlag.output.split(separator: "\n")
    try #require(lines.count == 3)
    let document = try #require(try documents(String(lines[2])).first)
    #expect(document["schema"] as? String == "runner-repl/\(schema)/1")

    let byOption = try Batch(["--json"] + setting + ["-c", command]).finish()
    let last = try #require(byOption.output.split(separator: "\n").last)
    #expect(Set(try documents(String(last))[0].keys) == Set(document.keys))
  }

  @Test func `rule 29: the counts of ps are true`() throws {
    let spawns = (0..<60).map { "spawn sleep(60) --name nap-\($0)\n" }.joined()
    let text = spawns + "ps --json\nps --json --match 'nap-1*' --limit 3\n"
    let result = try Batch([], input: .text(text)).finish()
    #expect(result.status == 0)
    let last = result.output.split(separator: "\n").suffix(2).joined(separator: "\n")
    let found = try documents(last)
    #expect(found.map { $0["shown"] as? Int } == [50, 3])
    #expect(found.map { $0["matching"] as? Int } == [60, 11])
    #expect(found.map { $0["total"] as? Int } == [60, 60])
    #expect(found.map { ($0["tasks"] as? [Any])?.count } == [50, 3])
  }

  @Test func `rule 38: every documented example runs`() throws {
    let help = try #require(try documents(Batch("-c", "help --json").finish().output).first)
    let commands = try #require(help["commands"] as? [[String: Any]])
    #expect(commands.count >= 21)
    for command in commands {
      let examples = try #require(command["examples"] as? [String])
      #expect(!examples.isEmpty)
      for example in examples {
        let home = try Home()
        let line = example.split(separator: " ")
          .map { $0.hasSuffix(".swift") ? "\(home.path)/\($0)" : String($0) }
          .joined(separator: " ")
        let result = try Batch(
          Self.setting(for: line) + ["-c", line], home: home, environment: Home.toolchain
        ).finish()
        // Nothing has crashed, so there is nothing to run again.
        let isReplay = example.hasPrefix("replay")
        #expect(result.status == (isReplay ? 1 : 0), "\(example): \(result.errors)")
      }
    }
  }

  /// What there has to be before an example makes sense: tasks 1 to 3, with the names it uses.
  private static func setting(for example: String) -> [String] {
    var setting = ["start main"]
    switch example {
    case "fg", "fg 1": setting.append("run sleep(0.2) &")
    case "wait metro --limit 2s": setting.append("spawn sleep(0.2) --name metro")
    case _ where example.hasPrefix("save "): setting.append("let n = 1")
    case _ where example.hasPrefix("load "):
      setting += ["let n = 1", "save " + example.dropFirst(5)]
    default: setting.append("spawn ticker(every: 60) --name metro")
    }
    if example.contains(".swift") { return setting.flatMap { ["-c", $0] } }
    if !example.hasPrefix("fg") {
      setting += ["spawn sleep(0.2)", "spawn sleep(60) --name fetch-3"]
    }
    return setting.flatMap { ["-c", $0] }
  }
}
