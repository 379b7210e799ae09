import Glibc
import TerminalTesting
import Testing

/// The worker dies, and the prompt stays.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct WorkerLossTests {
  @Test func `kill -9 of the worker is told, and keeps line, history and numbers`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("new lab")
    #expect(try prompt.execute("spawn sleep(60)") == ["task 1 sleep"])
    #expect(try prompt.execute("spawn lab sleep(60)") == ["task 2 sleep"])
    prompt.terminal.send("run coun")
    try prompt.terminal.waitForLine("main> run coun")
    let old = try prompt.worker()
    kill(old, SIGKILL)
    try prompt.terminal.waitForText("The worker was killed by SIGKILL")
    try prompt.terminal.waitForText(
      "lost with all their tasks: main, lab; history and settings are kept")
    try prompt.terminal.waitForLine("main> run coun")
    let new = try prompt.worker(otherThan: old)
    #expect(new != old)
    prompt.terminal.send("tdown(0)\r")
    try prompt.terminal.waitForText("liftoff\nmain>")
    #expect(try prompt.execute("spawn sleep(60)") == ["task 4 sleep"])
    #expect(try prompt.execute("runners").contains { $0.hasPrefix("lab ") } == false)
    prompt.terminal.send("\u{1B}[A\u{1B}[A\u{1B}[A\u{1B}[A")
    try prompt.terminal.waitForLine("main> spawn lab sleep(60)")
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.leave() == 0)
  }

  @Test func `a name that went with the worker is told as lost until its cell has run again`()
    throws
  {
    let prompt = try Prompt(["-q"], environment: Home.toolchain)
    #expect(try prompt.execute("let keep = 3") == ["keep: Int = 3"])
    kill(try prompt.worker(), SIGKILL)
    try prompt.terminal.waitForText("':replay' runs it again")
    try prompt.terminal.waitForLine("main>")
    for line in ["keep", "print(keep + 1)", "run keep"] {
      #expect(
        try prompt.execute(line).last
          == "'keep' went with the worker that was lost; ':replay' runs its cell again")
    }
    #expect(try prompt.execute("replay") == ["keep: Int = 3"])
    #expect(try prompt.execute("keep") == ["Int = 3"])
    #expect(try prompt.execute("run countdwn(3)").last == "did you mean 'countdown'?")
    #expect(try prompt.leave() == 0)
  }

  @Test func `kill -9 of the worker during a run gives the prompt back`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.enter("run ticker(every: 60)")
    try prompt.terminal.waitForText("tick 1")
    kill(try prompt.worker(), SIGKILL)
    try prompt.terminal.waitForText("The worker was killed by SIGKILL")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("run countdown(0)") == ["liftoff"])
    #expect(try prompt.leave() == 0)
  }

  @Test(arguments: [(SIGSEGV, "SIGSEGV"), (SIGABRT, "SIGABRT"), (SIGILL, "SIGILL")])
  func `a worker that crashes is told by its signal, and the prompt stays`(
    signal: Int32, name: String
  ) throws {
    let prompt = try Prompt(["-q"])
    #expect(try prompt.execute("spawn sleep(60)") == ["task 1 sleep"])
    let old = try prompt.worker()
    kill(old, signal)
    try prompt.terminal.waitForText("The worker was killed by \(name)")
    _ = try prompt.worker(otherThan: old)
    #expect(try prompt.execute("run countdown(0)") == ["liftoff"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `a worker that is killed three times is replaced three times`() throws {
    let prompt = try Prompt(["-q"])
    var workers: [pid_t] = []
    for round in 1...3 {
      #expect(try prompt.execute("spawn sleep(60)") == ["task \(round) sleep"])
      let worker = try prompt.worker(otherThan: workers.last)
      workers.append(worker)
      kill(worker, SIGKILL)
      try prompt.terminal.wait(for: "word of the loss") { _ in
        prompt.lines.count { $0.hasPrefix("The worker was killed by SIGKILL") } == round
      }
      _ = try prompt.worker(otherThan: worker)
      try prompt.terminal.waitForLine("main>")
    }
    #expect(try prompt.leave() == 0)
  }
}
