import Foundation
import TerminalTesting
import Testing

/// Swift at the prompt, in a terminal: rules 14 to 28 by their numbers.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CellPromptTests {
  private func prompt(_ arguments: [String] = ["-q"]) throws -> Prompt {
    try Prompt(arguments, environment: Home.toolchain)
  }

  @Test func `the greeting says that Swift can be typed`() throws {
    let prompt = try prompt([])
    #expect(
      prompt.lines.first
        == "runner-repl 0.1 · Swift 6.3.1 · libedit · type help, or any Swift; await works at the prompt"
    )
    #expect(try prompt.leave() == 0)
  }

  @Test func `rules 14, 26: names and values are shown and kept`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("let total = [1, 4]") == ["total: [Int] = [1, 4]"])
    #expect(try prompt.execute("total.count + 1") == ["Int = 3"])
    #expect(try prompt.execute("_ + 1") == ["Int = 4"])
    #expect(try prompt.execute(":type total.first") == ["Int?"])
    #expect(try prompt.execute(":vars").first == "total: [Int] = [1, 4]")
    #expect(
      try prompt.execute("for await n in AsyncStream<Int>(unfolding: { nil }) { print(n) }") == [])
    #expect(try prompt.leave() == 0)
  }

  @Test func `rules 15, 17: tasks of cells go on while the prompt is idle, above the typed line`()
    throws
  {
    let prompt = try prompt()
    _ = try prompt.execute("start main")
    _ = try prompt.execute(
      "func beat() async throws { for n in 1...3 { try await sleep(0.05); print(\"beat\", n) } }")
    _ = try prompt.execute("spawn beat()")
    prompt.terminal.send("let half = ")
    try prompt.terminal.waitForText("beat 3")
    prompt.terminal.send("7\r")
    try prompt.terminal.waitForText("half: Int = 7")
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 16: a context variable set in one cell is seen by the next, and by tasks`()
    throws
  {
    let prompt = try prompt()
    _ = try prompt.execute("let user = ContextVariable(\"user\", default: \"nobody\")")
    _ = try prompt.execute("user.set(\"ada\")")
    #expect(try prompt.execute("user.value") == ["String = \"ada\""])
    #expect(
      try prompt.execute("func who() async -> String { user.value }") == [])
    #expect(try prompt.execute("run who()") == ["String = \"ada\""])
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

  @Test func `rule 19: Ctrl-C cancels the cell that awaits, and nothing else`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let kept = 1")
    _ = try prompt.execute("spawn sleep(60) --name nap")
    prompt.terminal.send("print(1 + 41); try await sleep(60)\r")
    try prompt.terminal.waitForText("\n42")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("interrupted: print(1 + 41); try await sleep(60) was cancelled")
    #expect(try prompt.execute("kept") == ["Int = 1"])
    #expect(try prompt.execute("ps").contains { $0.contains("nap") })
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 20: Ctrl-C during a loop without an await gives the prompt back`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let kept = 1")
    let old = try prompt.worker()
    prompt.terminal.send("print(1 + 41); while true {}\r")
    try prompt.terminal.waitForText("\n42")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText(
      "interrupted: main was stuck at cell-2:1, so its worker was replaced")
    try prompt.terminal.waitForText("1 cell went with it; ':replay' runs")
    #expect(try prompt.worker(otherThan: old) != old)
    #expect(try prompt.execute(":replay") == ["kept: Int = 1"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 18: what follows output without an end stands in a line of its own`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("print(\"abc\", terminator: \"\"); 5") == ["abc", "Int = 5"])
    prompt.terminal.send("print(42); print(\"def\", terminator: \"\"); try await sleep(60)\r")
    try prompt.terminal.waitForText("\n42")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("def\ninterrupted: print(")
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 20: a worker that was stopped is replaced, too`() throws {
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

  @Test func `rule 21: whatever a cell dies of, the session lives on and says where it was`() throws
  {
    let prompt = try prompt(["-q", "--memory-limit", "1GiB"])
    let deaths = [
      ("fatalError(\"boom\")", "Fatal error: boom", "cell at cell-2:1"),
      ("[1][7]", "Index out of range", "cell at cell-2:1"),
      ("Int?.none!", "Unexpectedly found nil", "cell at cell-2:1"),
      (
        "func deep(_ n: Int) -> Int { n < 0 ? 0 : deep(n + 1) + 1 }; deep(1)", "the stack is full",
        "deep(_:) at cell-2:1"
      ),
      (
        "UnsafeMutablePointer<Int>(bitPattern: 8)!.pointee = 3", "memory at 0x8", "cell at cell-2:1"
      ),
      (
        "var hog: [[UInt8]] = []; while true { hog.append(Array(repeating: 1, count: 1 << 24)) }",
        "the memory limit of 1 GiB was reached", "cell at cell-2:1"
      ),
      ("import Glibc; exit(3)", "The worker exited with code 3.", "The worker exited"),
    ]
    for (index, (cell, reason, place)) in deaths.enumerated() {
      #expect(try prompt.execute("let kept = 1") == ["kept: Int = 1"])
      let old = try prompt.worker()
      let lines = try prompt.execute(cell)
      _ = try prompt.worker(otherThan: old)
      // The words of the deaths before are still there.
      try prompt.terminal.wait(for: "the loss of \(cell)") { screen in
        screen.transcript.split(separator: "\n").count { $0.contains("':replay' runs") } > index
      }
      let text = prompt.terminal.screen.transcript
      #expect(text.contains(reason), "\(cell): \(lines)")
      #expect(text.contains(place), "\(cell): \(lines)")
      _ = try prompt.execute("reset")
    }
    // The history is whole.
    prompt.terminal.send("\u{1B}[A\u{1B}[A")
    try prompt.terminal.waitForText("import Glibc; exit(3)")
  }

  @Test func `rule 21: what a cell does to small descriptors, or a fork, harms no session`() throws
  {
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

  @Test func `rules 23, 25: an error shows the person's own text, and changes nothing`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("let n = 1")
    #expect(
      try prompt.execute("let n = \"x\" + 1").prefix(3) == [
        "cell-2:1:13: error: binary operator '+' cannot be applied to operands of type 'String' and 'Int'",
        "  let n = \"x\" + 1", "              ^",
      ])
    #expect(try prompt.execute("n") == ["Int = 1"])
    #expect(try prompt.execute("let n = \"two\"") == ["n: String = \"two\""])
    #expect(try prompt.execute("Cell1.n") == ["Int = 1"])
  }

  @Test func `rules 22, 24: a cell runs once, and its error has type and message`() throws {
    let prompt = try prompt()
    _ = try prompt.execute("var count = 0")
    _ = try prompt.execute("struct Boom: Error { var code = 7 }")
    #expect(
      try prompt.execute("count += 1; throw Boom()") == [
        "cell-3 threw Boom: Boom(code: 7)", "  cell at cell-3:1", "      count += 1; throw Boom()",
      ])
    #expect(try prompt.execute("count") == ["Int = 1"])
    // The person's functions, from where it was thrown first; an await between is no end.
    _ = try prompt.execute("func check() throws { throw Boom(code: 8) }")
    _ = try prompt.execute("func fetch() async throws { try await sleep(0.001); try check() }")
    _ = try prompt.execute(
      "func retry() async throws { do { try await fetch() } catch { throw error } }")
    #expect(
      try prompt.execute("try await retry()") == [
        "cell-8 threw Boom: Boom(code: 8)", "  check() at cell-5:1",
        "      func check() throws { throw Boom(code: 8) }", "  fetch() at cell-6:1",
        "  retry() at cell-7:1", "  cell at cell-8:1",
      ])
    _ = try prompt.execute("func typed() throws(Boom) { throw Boom(code: 9) }")
    #expect(
      try prompt.execute("try typed()").dropFirst().prefix(1) == ["  typed() at cell-9:1"])
  }

  @Test func `rules 2, 7: a function of several lines is one cell, recalled as one`() throws {
    let prompt = try prompt()
    prompt.terminal.send("func triple(_ n: Int) -> Int {\r")
    try prompt.terminal.waitForText("....>")
    prompt.terminal.send("3 * n\r}\r")
    #expect(try prompt.execute("triple(5)") == ["Int = 15"])
    prompt.terminal.send("\u{1B}[A\u{1B}[A")
    try prompt.terminal.waitForText("....> }")
    prompt.terminal.send("\u{3}")
    #expect(try prompt.leave() == 0)
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

  @Test func `rules 2, 7: further lines are indented, and a brace that closes is not`() throws {
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

  @Test func `a loop within the loop brings await to mind`() throws {
    let prompt = try prompt()
    #expect(
      try prompt.execute("try Runner.run { try await sleep(0) }").last
        == "at the prompt a runner runs already; write await and the call instead")
  }
}
