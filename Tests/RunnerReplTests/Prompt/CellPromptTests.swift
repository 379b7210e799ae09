import Foundation
import TerminalTesting
import Testing

/// Swift at the prompt, in a terminal, beyond what the tests of the rules show.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CellPromptTests {
  private func prompt(_ arguments: [String] = ["-q"]) throws -> Prompt {
    try Prompt(arguments, environment: Home.toolchain)
  }

  @Test func `the greeting says that Swift can be typed`() throws {
    let prompt = try prompt([])
    #expect(
      prompt.lines.first
        == "runner-repl 0.1 · Swift 6.3.1 · libedit · type help, or Swift; await works")
    #expect(try prompt.leave() == 0)
  }

  @Test func `at 40 columns the greeting is broken between words`() throws {
    let prompt = try Prompt(columns: 40, environment: Home.toolchain)
    #expect(
      prompt.lines.prefix(2) == [
        "runner-repl 0.1 · Swift 6.3.1 · libedit", "· type help, or Swift; await works",
      ])
    #expect(try prompt.leave() == 0)
  }

  @Test func `a task that runs Swift is named by what it calls`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("func dots(_ n: Int) async throws { try await sleep(Double(n)) }")
    let spawned = try prompt.execute("spawn dots(60)")
    #expect(spawned.count == 1 && spawned[0].hasSuffix(" dots"))
    _ = try prompt.execute("run dots(60) &")
    try prompt.waitUntil("ps --match dots", has: "2 of 2 tasks")
    #expect(try prompt.execute("cancel --match dots").contains { $0.contains("dots cancelled") })
    #expect(try prompt.leave() == 0)
  }

  @Test func `a worker that was stopped is replaced, too`() throws {
    let prompt = try prompt()
    let old = try prompt.worker()
    prompt.terminal.send("print(1 + 41); try await sleep(60)\r")
    try prompt.terminal.waitForText("\n42")
    kill(old, SIGSTOP)
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("interrupted: main was stuck, so its worker was replaced")
    #expect(try prompt.execute("1 + 1") == ["Int = 2"])
    #expect(try prompt.leave() == 0)
  }

  /// Where the thread is caught is a matter of luck: what it shows then is the cell's line, or none.
  @Test func `a cell stuck in Swift's own sleep is not told by a line of the worker's`() throws {
    let prompt = try prompt()
    let old = try prompt.worker()
    prompt.terminal.send("print(42); while true { try? await Task.sleep(for: .seconds(1)) }\r")
    try prompt.terminal.waitForText("\n42")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("so its worker was replaced")
    let screen = prompt.terminal.screen.text
    let told = ["main was stuck at cell-1:1, so its", "main was stuck, so its"]
    #expect(told.contains { screen.contains($0) }, "\(screen)")
    _ = try prompt.worker(otherThan: old)
    #expect(try prompt.leave() == 0)
  }

  @Test func `each runner is a value under its name, until a cell declares that name`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("main") == ["Runner = <Runner 'main' initialized>"])
    #expect(try prompt.execute(":type main") == ["Runner"])
    #expect(try prompt.execute("func now() throws -> LoopInstant { try main.loop.now }") == [])
    #expect(try prompt.execute("try now() <= main.loop.now") == ["Bool = true"])
    #expect(
      try prompt.execute("try main.run { 1 }").last
        == "at the prompt a runner runs already; write await and the call instead")
    _ = try prompt.execute("new other")
    _ = try prompt.execute("use main")
    #expect(try prompt.execute("try other.loop.isRunning") == ["Bool = false"])
    #expect(try prompt.execute("other.phase") == ["RunnerPhase = .initialized"])
    _ = try prompt.execute("close other")
    #expect(try prompt.execute("other.phase") == ["RunnerPhase = .closed"])
    // A runner hides no function.
    _ = try prompt.execute("new sleep")
    _ = try prompt.execute("use main")
    #expect(try prompt.execute("try await sleep(0)") == [])
    #expect(try prompt.execute("let main = 3") == ["main: Int = 3"])
    #expect(try prompt.execute("main + 1") == ["Int = 4"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `what follows output without an end stands in a line of its own`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("print(\"abc\", terminator: \"\"); 5") == ["abc", "Int = 5"])
    prompt.terminal.send("print(42); print(\"def\", terminator: \"\"); try await sleep(60)\r")
    try prompt.terminal.waitForText("\n42")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("def\ninterrupted: print(")
    #expect(try prompt.leave() == 0)
  }

  @Test func `what a cell does to small descriptors, or a fork, harms no session`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("import Glibc")
    let worker = try prompt.worker()
    for cell in [
      "close(0)", "close(1)", "close(2)", "for n in Int32(3)..<10 { close(n) }",
      "write(3, \"abcd\", 4)", "dup2(1, 3)", "dup2(3, 4)", "signal(SIGINT, SIG_DFL)",
      "chdir(\"/\")", "setenv(\"LANG\", \"x\", 1)",
      "if fork() == 0 { print(\"child\"); fflush(nil); _exit(7) }",
      "if fork() == 0 { print(\"child\") }",
    ] {
      _ = try prompt.execute("_ = { \(cell) }()")
      #expect(try prompt.execute("[40 + 2]").last == "[Int] = [42]", "after \(cell)")
    }
    #expect(try prompt.worker() == worker)
    #expect(try prompt.leave() == 0)
  }

  @Test func `an error names the functions in which it was thrown`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("struct Boom: Error { var code = 7 }")
    #expect(
      try prompt.execute("throw Boom()") == [
        "cell-2 threw Boom: Boom(code: 7)", "  cell at cell-2:1", "      throw Boom()",
      ])
    // The person's functions, from where it was thrown first; an await between is no end.
    _ = try prompt.execute("func check() throws { throw Boom(code: 8) }")
    _ = try prompt.execute("func fetch() async throws { try await sleep(0.001); try check() }")
    _ = try prompt.execute(
      "func retry() async throws { do { try await fetch() } catch { throw error } }")
    #expect(
      try prompt.execute("try await retry()") == [
        "cell-6 threw Boom: Boom(code: 8)", "  check() at cell-3:1",
        "      func check() throws { throw Boom(code: 8) }", "  fetch() at cell-4:1",
        "  retry() at cell-5:1", "  cell at cell-6:1",
      ])
    _ = try prompt.execute("func typed() throws(Boom) { throw Boom(code: 9) }")
    #expect(
      try prompt.execute("try typed()").dropFirst().prefix(1) == ["  typed() at cell-7:1"])
  }

  @Test func `a name that is nearly a command's brings the command to mind`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("jobs.count").last == "did you mean :jobs?")
  }

  @Test func `what takes long to compile says so, and leaves no trace`() throws {
    let prompt = try prompt()
    let statements = (0..<60).map { "let v\($0) = [1, 2].map { $0 * 2 }.reduce(\($0), +)" }
    let cell = statements.joined(separator: "; ")
    prompt.terminal.send(cell + "\r")
    try prompt.terminal.wait(for: "the progress") { $0.text.contains(" compiling 0.") }
    try prompt.terminal.waitForText("v59: Int = 65\nmain>")
    #expect(!prompt.terminal.screen.transcript.contains("compiling"))
    #expect(prompt.lines.filter { $0.hasPrefix("v0: ") } == ["v0: Int = 6"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `further lines are indented, and a brace that closes is not`() throws {
    let prompt = try prompt()
    for line in ["func triple(_ n: Int) -> Int {", "if n > 0 {", "return 3 * n", "}", "return 0"] {
      // Keys that come all at once are a paste.
      prompt.terminal.send(line)
      try prompt.terminal.wait(for: line) { $0.currentLine.hasSuffix(line) }
      prompt.terminal.send("\r")
      try prompt.terminal.wait(for: "a line after '\(line)'") { screen in
        screen.text.contains("\(line)\n....>") && screen.currentLine == "....>"
      }
    }
    prompt.terminal.send("}")
    try prompt.terminal.waitForText(
      """
      main> func triple(_ n: Int) -> Int {
      ....>   if n > 0 {
      ....>     return 3 * n
      ....>   }
      ....>   return 0
      ....> }
      """)
    prompt.terminal.send("\r")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("triple(5)") == ["Int = 15"])
  }

  @Test func `what the library and Swift say of code at the top of a cell has no generated names`()
    throws
  {
    let prompt = try prompt()
    _ = try prompt.execute("set counts off")
    _ = try prompt.execute("for _ in 1...2 { _ = try main.loop.makeTask { try await sleep(60) } }")
    _ = try prompt.execute("let nap = try main.loop.makeTask { try await sleep(60) }; ()")
    let tasks = try prompt.execute("ps")
    #expect(tasks.count { $0.contains("cell at cell-1:1") } == 2)
    #expect(tasks.count { $0.contains("cell at cell-2:1") } == 1)
    _ = try prompt.execute("typealias Hole = CheckedContinuation<Void, Never>")
    let leak = "Task { await withCheckedContinuation { (_: Hole) in } }"
    for (cell, name) in [("let never = \(leak)", "cell 4"), ("do { _ = \(leak) }", "a cell")] {
      let lines = try prompt.execute(cell)
      #expect(lines.first?.hasPrefix("SWIFT TASK CONTINUATION MISUSE: \(name) leaked") == true)
    }
    #expect(!prompt.terminal.screen.transcript.contains("_cell_"))
  }

  @Test func `cells after a crash have new numbers, and those that run again have theirs`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let price = 3")
    _ = try prompt.execute("let price = 4")
    prompt.terminal.send("fatalError()\r")
    try prompt.terminal.waitForText("':replay' runs them again")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("run Double(2)") == ["Double = 2.0"])
    #expect(try prompt.execute("let bad: Int = \"\"").first?.hasPrefix("cell-5:1:16: ") == true)
    #expect(try prompt.execute("replay") == ["price: Int = 3", "price: Int = 4"])
    #expect(try prompt.execute("Cell1.price + price") == ["Int = 7"])
  }

  @Test func `what Foundation has is said to be Foundation's`() throws {
    let prompt = try prompt()
    #expect(
      try prompt.execute("let now = Date()").last
        == "'Date' is a part of Foundation; run this first: import Foundation")
  }

  @Test func `a loop within the loop brings await to mind`() throws {
    let prompt = try prompt()
    #expect(
      try prompt.execute("Runner.run { 3 }").last
        == "at the prompt a runner runs already; write await and the call instead")
    #expect(
      try prompt.execute("try Runner.run { try await sleep(0) }").last
        == "at the prompt a runner runs already; write await and the call instead")
  }
}
