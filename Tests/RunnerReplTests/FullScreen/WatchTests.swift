import TerminalTesting
import Testing

/// `watch` on a real terminal and in a batch.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct WatchTests {
  @Test func `it paints in place, and the last look stays when it ends`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.execute("spawn sleep(3600) --name nap")
    try prompt.enter("watch 0.1 ps")
    try prompt.terminal.wait(for: "the first look") {
      $0.isAlternate && $0.lines[0].hasPrefix("every 0.10 s: ps · ") && $0.text.contains(" nap ")
    }
    let row = { prompt.terminal.screen.lines.first { $0.contains(" nap ") } }
    let first = row()
    try prompt.terminal.wait(for: "another look") { _ in row() != first }
    prompt.terminal.send("\u{3}")
    try prompt.terminal.wait(for: "the prompt") {
      !$0.isAlternate && $0.currentLine == "main>" && $0.text.contains(" nap ")
    }
    #expect(prompt.lines.count { $0.contains("1  nap  ") } == 1)
    #expect(try prompt.execute("jobs") == ["no jobs"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `an error is shown where the output would be, and it goes on`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("watch 0.1 task 1")
    try prompt.terminal.wait(for: "the error") {
      $0.isAlternate && $0.text.contains("There is no task 1")
    }
    prompt.terminal.send("q")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.leave() == 0)
  }

  @Test func `in a batch looks follow each other, as documents if that is asked for`() throws {
    let text = try Batch("-c", "watch --count 2 0.05 runners").finish()
    #expect(text.status == 0)
    let lines = text.output.split(separator: "\n")
    #expect(lines.count { $0.contains(/^[0-9]{2}:[0-9]{2}:[0-9]{2} runners$/) } == 2)
    #expect(lines.count { $0.hasPrefix("NAME ") } == 2)
    let json = try Batch("--json", "-c", "watch --count 3 0.05 ps").finish()
    #expect(
      try documents(json.output).map { $0["schema"] as? String }
        == Array(repeating: "runner-repl/ps/1", count: 3))
    let top = try Batch("-c", "start main", "-c", "top --every 0.05 --count 2 --json").finish()
    let found = try documents(top.output)
    #expect(
      found.map { $0["schema"] as? String } == Array(repeating: "runner-repl/top/1", count: 2))
    let runners = try #require(found[1]["runners"] as? [[String: Any]])
    #expect(runners[0]["iterationsPerSecond"] is Double)
  }

  @Test func `Ctrl-C ends an endless one in a batch with 130`() throws {
    let batch = try Batch("-c", "watch 0.05 runners")
    try batch.waitForOutput("NAME")
    batch.signal(2)
    #expect(try batch.finish().status == 130)
  }
}
