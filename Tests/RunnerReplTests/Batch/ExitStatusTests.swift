import Glibc
import Testing

/// What the exit status says, and the sentence that goes with it.
@Suite(.timeLimit(.minutes(1)))
struct ExitStatusTests {
  // MARK: - 1

  @Test func `status 1: a coroutine failed, and the place of its command is named`() throws {
    let result = try Batch(
      "-c", "run countdown(0)", "-c", "run fail(after: 0)", "-c", "run countdown(0)"
    ).finish()
    #expect(result.status == 1)
    #expect(result.output == "liftoff\n")
    #expect(
      result.errors.hasPrefix(
        "-c:2: PlannedFailure: This failure was planned: it came after 0.0 s.\n"
          + "  fail(after:) at Fail.swift:"))
  }

  @Test func `status 1: an error in a file is at its line`() throws {
    let home = try Home()
    let file = try home.write("run countdown(0)\n\nrun fail(after: 0)\n", to: "commands")
    let result = try Batch(["-f", file], home: home).finish()
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("\(file):3: PlannedFailure: "))
  }

  @Test func `status 1: an error in a pipe is at its line, and ends it`() throws {
    let lines = "run countdown(0)\nrun fail(after: 0)\nrun family(0)\n"
    let result = try Batch([], input: .text(lines)).finish()
    #expect(result.status == 1)
    #expect(result.output == "liftoff\n")
    #expect(result.errors.hasPrefix("stdin:2: PlannedFailure: "))
  }

  @Test(arguments: [
    ("task 99", "There is no task 99."), ("use nobody", "There is no runner 'nobody'."),
    ("run nothing()", "There is no coroutine 'nothing'."),
    ("new main", "There is a runner 'main' already"),
    ("fg 7", "There is no job '7', and nothing runs in the background."),
    ("cancel nap", "There is no live task 'nap'."),
    ("run countdown(\"one\")", "countdown"), ("run countdown()", "countdown"),
    ("run countdown(1, 2)", "countdown"),
  ])
  func `status 1: what is not there, or does not fit, is named`(
    command: String, sentence: String
  ) throws {
    let result = try Batch("-c", command).finish()
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("-c:1: ") && result.errors.contains(sentence))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `status 1: a closed runner takes nothing more`() throws {
    let result = try Batch(
      "-c", "start main", "-c", "close main", "-c", "run countdown(0)"
    ).finish()
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("-c:3: ") && result.errors.contains("closed"))
  }

  @Test func `status 1: a run inside a run is refused`() throws {
    let result = try Batch("-c", "run sleep(1) &", "-c", "run countdown(0)").finish()
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "-c:2: The runner 'main' is busy with job 1 (sleep(1)): 'fg 1' waits for it, "))
  }

  @Test func `status 1: without a compiler Swift is refused, and the rest works (rule 39)`() throws
  {
    let result = try Batch("-c", "countdown(0)", "-c", "let x = 1").finish()
    #expect(result.status == 1)
    #expect(result.output == "liftoff\n")
    #expect(
      result.errors
        == "-c:2: There is no 'swiftc' on the PATH, so Swift cannot be compiled here; commands and"
        + " built-in coroutines work without it. Install Swift 6.3, or set RUNNER_SWIFTC to its"
        + " 'swiftc'.\n")
  }

  @Test func `status 1: a file that cannot be read is named`() throws {
    let result = try Batch("-f", "/nowhere/at/all").finish()
    #expect(result.status == 1)
    #expect(result.errors.contains("The file '/nowhere/at/all' cannot be read"))
  }

  // MARK: - 2

  @Test(arguments: [
    ("non sense", "There is no command 'non'."), ("pss", "Did you mean 'ps'?"),
    ("clos main", "'close' acts, so it is typed in full."),
    ("ps --nope", "has no flag '--nope'"), ("ps --limit many", "'many' is not"),
    ("new", "'new' needs"), ("quit now", "does not take 'now'"),
    ("run countdown(3", "nothing was executed"),
  ])
  func `status 2: a line that is no command is explained`(
    command: String, sentence: String
  ) throws {
    let result = try Batch("-c", command).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("-c:1: ") && result.errors.contains(sentence))
  }

  @Test(arguments: [["--nope"], ["-x"], ["extra"], ["-c"], ["--color", "maybe"]])
  func `status 2: an option that does not exist is named`(arguments: [String]) throws {
    let result = try Batch(arguments).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: ") && result.errors.contains("Usage: runner-repl"))
  }

  // MARK: - 3

  @Test func `status 3: the worker was killed during a run`() throws {
    let batch = try Batch("-c", "run ticker(every: 60)", "-c", "run countdown(0)")
    try batch.waitForOutput("tick 1\n")
    kill(try batch.waitForWorker(), SIGKILL)
    let result = try batch.finish()
    #expect(result.status == 3)
    #expect(result.output == "tick 1\n")
    #expect(result.errors.contains("The worker was killed by SIGKILL"))
    #expect(result.errors.contains("lost with all their tasks: main"))
  }

  @Test func `status 3: the worker was killed between two commands`() throws {
    let batch = try Batch([], input: .open)
    batch.send("run countdown(0)\n")
    try batch.waitForOutput("liftoff\n")
    kill(try batch.waitForWorker(), SIGKILL)
    try batch.waitForErrors("The worker was killed by SIGKILL")
    batch.send("run countdown(0)\n")
    batch.endInput()
    let result = try batch.finish()
    #expect(result.status == 3)
    #expect(result.output == "liftoff\n")
  }

  // MARK: - 4

  @Test func `status 4: a task ignored its cancellation for as long as it was given`() throws {
    let result = try Batch(
      "-c", "start main", "-c", "spawn stubborn(2)", "-c", "cancel stubborn --within 0.2s",
      "-c", "run countdown(0)"
    ).finish()
    #expect(result.status == 4)
    #expect(result.output.contains("stubborn: ignoring request 1 to cancel\n"))
    #expect(!result.output.contains("liftoff"))
    #expect(
      result.errors.contains(
        /task 1 stubborn has ignored cancellation for [0-9. ms]+, suspended in stubborn\(_:\) at/))
  }

  @Test func `status 4: a task refused to end before the deadline of close`() throws {
    let result = try Batch(
      "-c", "start main", "-c", "spawn stubborn(60)", "-c", "close main --deadline 0.2s"
    ).finish()
    #expect(result.status == 4)
    #expect(result.errors.contains("1 task left · 1 refused"))
    #expect(
      result.errors.contains(
        "task 1 stubborn refused to end, suspended in stubborn(_:) at Stubborn.swift:"))
  }

  @Test func `status 4: a task refused to end when the batch was over`() throws {
    let batch = try Batch([], input: .open)
    batch.send("new lab --deadline 0.2s\nstart lab\nspawn lab stubborn(60)\nrun countdown(0)\n")
    try batch.waitForOutput("liftoff\n")
    batch.endInput()
    let result = try batch.finish()
    #expect(result.status == 4)
    #expect(result.errors.contains("closed in 0."))
    #expect(result.errors.contains("task 1 stubborn refused to end"))
  }

  // MARK: - 5

  @Test func `status 5: a deadlock ends a run`() throws {
    let result = try Batch("-c", "run deadlock()", "-c", "run countdown(0)").finish()
    #expect(result.status == 5)
    #expect(result.output == "")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.hasPrefix("-c:1: deadlock on main: tasks "))
    #expect(result.errors.contains("wait for each other; "))
  }

  @Test func `status 5: a deadlock ends a wait`() throws {
    let result = try Batch(
      "-c", "spawn deadlock()", "-c", "start main", "-c", "wait deadlock"
    ).finish()
    #expect(result.status == 5)
    #expect(result.errors.contains("deadlock on main: tasks "))
  }

  @Test func `status 5: a deadlock in the background ends a batch`() throws {
    let batch = try Batch([], input: .open)
    batch.send("run deadlock() &\n")
    try batch.waitForErrors("deadlock on main")
    batch.send("run countdown(0)\n")
    batch.endInput()
    let result = try batch.finish()
    #expect(result.status == 5)
    #expect(result.output == "")
  }

  @Test func `status 5: a deadlock through locks ends a run`() throws {
    let result = try Batch("-c", "run philosophers(3)").finish()
    #expect(result.status == 5)
    #expect(result.errors.hasPrefix("-c:1: deadlock on main: tasks "))
  }

  @Test func `status 5: a run that nothing can end says what it waits for`() throws {
    let result = try Batch("-c", "run starve(2)", "-c", "run countdown(0)").finish()
    #expect(result.status == 5)
    #expect(result.output == "")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.hasPrefix("-c:1: the run on main cannot end: task 1 waits for task 2, "))
    #expect(result.errors.contains("an item of queue 'jobs', and nothing inside its loop can"))
  }

  @Test func `status 5: a run of the background that nothing can end ends what waits for it`()
    throws
  {
    let result = try Batch("-c", "run starve(1) &", "-c", "fg 1").finish()
    #expect(result.status == 5)
    #expect(result.errors.contains("-c:2: the run on main cannot end: "))
    let beside = try Batch("-c", "run starve(1) &", "-c", "ps").finish()
    #expect(beside.status != 5)
  }

  // MARK: - 128 and more

  @Test func `status 130: Ctrl-C ends a run`() throws {
    let batch = try Batch("-c", "run ticker(every: 60)", "-c", "run countdown(0)")
    try batch.waitForOutput("tick 1\n")
    batch.signal(SIGINT)
    let result = try batch.finish()
    #expect(result.status == 130)
    #expect(result.output == "tick 1\n")
    #expect(result.errors == "-c:1: interrupted: ticker(every: 60) was cancelled\n")
  }

  @Test func `status 130: Ctrl-C ends a batch that waits for its next line`() throws {
    let batch = try Batch([], input: .open)
    batch.send("run countdown(0)\n")
    try batch.waitForOutput("liftoff\n")
    batch.signal(SIGINT)
    #expect(try batch.finish().status == 130)
  }

  @Test func `status 143: SIGTERM ends a batch, and its worker with it`() throws {
    let batch = try Batch("-c", "run ticker(every: 60)")
    try batch.waitForOutput("tick 1\n")
    batch.signal(SIGTERM)
    // The worker holds the same output, so its end is the worker's end, too.
    #expect(try batch.finish().status == 143)
  }
}
