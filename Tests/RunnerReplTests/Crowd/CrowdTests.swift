import TerminalTesting
import Testing

/// Very many tasks: listings stay short and their counts true.
@Suite(.timeLimit(.minutes(3)))
struct CrowdTests {
  @Test func `rule 33: 10,000 tasks are listed in part, counted in full, and closed`() throws {
    let spawns = String(repeating: "spawn sleep(3600)\n", count: 10_000)
    let looks = "start main\nps\nps --json --limit 1\ntree --limit 3\nclose main\n"
    let result = try Batch([], input: .text(spawns + looks)).finish(seconds: 150)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").drop { $0.hasPrefix("task ") }
    #expect(lines.first?.contains("ID  NAME   STATE") == true)
    #expect(lines.count { $0.contains(/^ *[0-9]+  sleep  [a-z]/) } == 50)
    #expect(lines.contains("50 of 10000 tasks; --limit 0 shows all"))
    #expect(lines.contains("3 of 10000 tasks; --limit 0 shows all"))
    let document = try #require(lines.first { $0.hasPrefix("{") })
    #expect(try documents(String(document))[0]["total"] as? Int == 10_000)
    #expect(result.errors.contains("10000 tasks left: 10000 cancelled · nothing refused"))
  }

  @Test func `a family of 2,000 is listed while it runs and ends with one Ctrl-C`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("run family(2000) &")
    try prompt.terminal.wait(for: "2,001 tasks") { _ in
      (try? prompt.execute("ps --limit 2"))?.contains("2 of 2001 tasks; --limit 0 shows all")
        == true
    }
    #expect(try prompt.execute("ps --limit 0 --match 'child 1'").last == "1 of 2001 tasks")
    try prompt.enter("interrupt main")
    try prompt.terminal.waitForText("[1] family(2000) ended: interrupted")
    #expect(try prompt.execute("ps") == ["no tasks"])
    #expect(try prompt.leave() == 0)
  }
}
