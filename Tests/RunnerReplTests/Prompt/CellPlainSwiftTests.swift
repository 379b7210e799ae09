import Foundation
import TerminalTesting
import Testing

/// Plain Swift in cells: its tasks, actors and the main actor on the runner's loop; rules 15 and 17.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CellPlainSwiftTests {
  private func prompt() throws -> Prompt { try Prompt(["-q"], environment: Home.toolchain) }

  /// Runs cells and commands, each of which must work, and returns what was printed.
  private func batch(_ commands: String..., input: Batch.Input = .none) throws -> String {
    let result = try Batch(
      commands.flatMap { ["-c", $0] }, input: input, environment: Home.toolchain
    ).finish()
    #expect(result.errors == "")
    #expect(result.status == 0)
    return result.output
  }

  private static let here =
    "func here(_ s: String) { print(s, EventLoop.running?.name ?? \"no loop\") }"

  @Test func `rule 15: a bare task of a cell stays on the loop, through both kinds of sleep`()
    throws
  {
    let output = try batch(
      Self.here,
      "let t = Task { here(\"a\"); try await sleep(0.01); here(\"b\");"
        + " try await Task.sleep(for: .milliseconds(10)); here(\"c\") }; try await t.value",
      "await Task.detached { here(\"d\"); await Task.yield(); here(\"e\") }.value",
      "await Task.immediate { here(\"f\"); await Task.yield(); here(\"g\") }.value")
    #expect(output == "abcdefg".map { "\($0) main\n" }.joined())
  }

  @Test func `rule 15: the main actor's code runs on the loop, and comes back to it from a thread`()
    throws
  {
    let output = try batch(
      "import Foundation", Self.here,
      "@MainActor func visit() async throws { MainActor.assertIsolated(); here(\"a\");"
        + " try await sleep(0.01); here(\"b\"); try await Task.sleep(nanoseconds: 1); here(\"c\");"
        + " await withCheckedContinuation { k in Thread.detachNewThread { k.resume() } };"
        + " MainActor.assertIsolated(); here(\"d\") }",
      "try await Task { @MainActor in try await visit() }.value", "try await visit()")
    #expect(output == "abcdabcd".map { "\($0) main\n" }.joined())
  }

  @Test func `rule 15: DispatchQueue.main is served, as the main actor`() throws {
    let output = try batch(
      "import Foundation",
      "await withCheckedContinuation { (k: CheckedContinuation<Void, Never>) in"
        + " DispatchQueue.main.async { MainActor.assumeIsolated { print(Thread.isMainThread) };"
        + " k.resume() } }")
    #expect(output == "true\n")
  }

  @Test func `rule 15: two runners never execute the main actor's code at once`() throws {
    let cells = [
      "import Foundation",
      "@MainActor enum Busy { static var inside = 0; static var most = 0; static var visits = 0 }",
      "@MainActor func visit() { Busy.inside += 1; Busy.most = max(Busy.most, Busy.inside);"
        + " usleep(200); Busy.inside -= 1; Busy.visits += 1 }",
      "func visits() async throws { for _ in 0..<200 { await visit(); try await sleep(0) } }",
      "new other", "start other", "start main", "spawn other visits() --name there",
      "spawn visits() --name here",
      "while await MainActor.run(body: { Busy.visits }) < 400 { try await sleep(0.001) }",
      "await MainActor.run { Busy.most }",
    ]
    let result = try Batch(cells.flatMap { ["-c", $0] }, environment: Home.toolchain).finish()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("\n1\n"), "\(result.output)")
  }

  @Test func `rule 15: what a bare task waits for is known, and its end too`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let nap = Task(name: \"nap\") { try await sleep(60) }")
    _ = try prompt.execute("Task(name: \"rest\") { try await Task.sleep(for: .seconds(60)) }")
    _ = try prompt.execute("Task(name: \"both\") { try await nap.value }")
    _ = try prompt.execute(
      "actor Tally { func go() { Task(name: \"actor's\") { try await sleep(60); _ = self } } }")
    _ = try prompt.execute("await Tally().go(); try await sleep(0)")
    let listed = try prompt.execute("ps").map { $0.split(separator: " ").map(String.init) }
    #expect(listed.contains { $0.contains("nap") && $0.contains("sleep,") })
    #expect(listed.contains { $0.contains("rest") && $0.contains("Task.sleep,") })
    #expect(listed.contains { $0.contains("actor's") && $0.contains("sleep,") })
    let nap = try #require(listed.first { $0.contains("nap") }).first ?? ""
    #expect(
      listed.contains { $0.contains("both") && $0.contains("task") && $0.contains("\(nap),") })
    _ = try prompt.execute("nap.cancel(); _ = await nap.result; try await sleep(0)")
    let left = try prompt.execute("ps").joined(separator: "\n")
    #expect(!left.contains("nap") && !left.contains("both"))
    #expect(left.contains("rest"))
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 17: bare tasks stand still until the loop is started, and when it is stopped`()
    throws
  {
    let prompt = try prompt()
    _ = try prompt.execute("var beats = 0")
    _ = try prompt.execute(
      "Task(name: \"heart\") { while true { try await Task.sleep(for: .milliseconds(5)); beats += 1 } }"
    )
    #expect(try prompt.execute("ps").contains { $0.contains("heart") })
    _ = try prompt.execute("start main")
    _ = try prompt.execute("while beats < 3 { try await sleep(0.001) }")
    _ = try prompt.execute("stop main")
    let first = try prompt.execute(":vars").filter { $0.contains("beats") }
    usleep(50_000)
    #expect(try prompt.execute(":vars").filter { $0.contains("beats") } == first)
    #expect(try prompt.leave() == 0)
  }

  @Test func `closing cancels bare tasks like others, and names the one that refuses`() throws {
    let cells = [
      "import Foundation", "Task { try await sleep(60) }; ()",
      "Task { try await Task.sleep(for: .seconds(60)) }; ()",
      "Task(name: \"stubborn\") { while true { await withCheckedContinuation"
        + " { (k: CheckedContinuation<Void, Never>) in DispatchQueue.global()"
        + ".asyncAfter(deadline: .now() + 0.01) { k.resume() } } } }; ()",
      "close main --deadline 0.2",
    ]
    let result = try Batch(cells.flatMap { ["-c", $0] }, environment: Home.toolchain).finish()
    #expect(result.status == 4)
    #expect(result.errors.contains("3 tasks left: 2 cancelled · 1 refused"))
    #expect(result.errors.contains("stubborn refused to end"))
  }

  @Test func `rules 20, 28: Ctrl-C ends a cell that reads the terminal, and nothing else`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let kept = 1")
    let worker = try prompt.worker()
    for name in ["first", "second"] {
      prompt.terminal.send("let \(name) = readLine()\r")
      try prompt.waitForRun(withEcho: true)
      prompt.terminal.send("\u{3}")
      try prompt.terminal.waitForText(
        "\(name): String? = nil\ninterrupted: let \(name) = readLine() was cancelled\nmain>")
      #expect(try prompt.execute("kept").last == "Int = 1")
    }
    #expect(try prompt.worker() == worker)
    prompt.terminal.send("let line = readLine()\r")
    try prompt.waitForRun(withEcho: true)
    prompt.terminal.send("words\r")
    try prompt.terminal.waitForText("line: String? = \"words\"\nmain>")
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 28: cells of -c read the program's input; cells of a pipe do not`() throws {
    let read = try batch("print(readLine()!)", "print(readLine()!)", input: .text("one\ntwo\n"))
    #expect(read == "one\ntwo\n")
    let piped = try Batch(
      [], input: .text("readLine() == nil\n1 + 1\n"), environment: Home.toolchain
    ).finish()
    #expect(piped.output == "true\n2\n")
  }
}
