import Glibc
import RunnerCoreTesting
import Testing

@testable import RunnerCore

/// `Runner.interrupt()` from another thread; `InterruptSignalTests` does the same with real signals.
@Suite(.timeLimit(.minutes(1))) struct InterruptTests {
  struct Failure: Error {}

  /// Interrupts a runner, from another thread, each time its loop has come to wait.
  private func interruptWhenWaiting(_ runner: Runner, times: Int = 1) throws -> Interrupter {
    try Interrupter(runner, times: times)
  }

  struct Interrupter {
    let outcomes = Recorder<InterruptOutcome>()
    let thread: JoinableThread

    init(_ runner: Runner, times: Int) throws {
      let loop = try runner.loop
      let outcomes = self.outcomes
      thread = startThread {
        var seen: UInt64 = 0
        for _ in 0..<times {
          while loop.phase != .waiting || loop.iterations <= seen { sched_yield() }
          seen = loop.iterations
          outcomes.note(runner.interrupt())
        }
      }
    }
  }

  @Test func `case 48: an interrupt cancels a main that sleeps, and run ends with it`() throws {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    let seen = Recorder<Int>()
    let main = Recorder<AnyRunnerTask>()
    let error = try #require(throws: RunnerInterrupted.self) {
      try runner.run {
        if let current = AnyRunnerTask.current { main.note(current) }
        do { try await sleep(3600) } catch {
          seen.note(AnyRunnerTask.current?.cancellationRequests ?? -1)
          throw error
        }
      }
    }
    interrupter.thread.join()
    #expect(error == RunnerInterrupted())
    #expect(error.description == "The run was interrupted.")
    #expect(seen.events == [1])
    #expect(interrupter.outcomes.events == [.cancelRequested(main.events[0].id)])
    #expect(main.events[0].isCancelled)
    try runner.close()
  }

  @Test func `case 49: an interrupt reaches a main that only gives way`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let thread = startThread {
      while loop.iterations < 100 {}
      runner.interrupt()
    }
    #expect(throws: RunnerInterrupted.self) {
      try runner.run { while true { try await sleep(0) } }
    }
    thread.join()
    try runner.close()
  }

  @Test func `case 50: an interrupt cancels the future that main awaits`() throws {
    let runner = Runner()
    let future = try runner.loop.makeFuture(of: Int.self)
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: RunnerInterrupted.self) { try runner.run { try await future.value } }
    interrupter.thread.join()
    #expect(future.isCancelled)
    try runner.close()
  }

  @Test func `case 51: a main that swallows the interrupt has its value returned`() throws {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    let value = try runner.run {
      try? await sleep(3600)
      return 51
    }
    interrupter.thread.join()
    #expect(value == 51)
    try runner.close()
  }

  @Test func `case 52: a main that turns the interrupt into an error has that thrown`() throws {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: Failure.self) {
      try runner.run { do { try await sleep(3600) } catch { throw Failure() } }
    }
    interrupter.thread.join()
    try runner.close()
  }

  @Test func `case 53: a main that somebody else cancelled as well ends with CancellationError`()
    throws
  {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: CancellationError.self) {
      try runner.run {
        do { try await sleep(3600) } catch {
          AnyRunnerTask.current?.cancel()
          throw error
        }
      }
    }
    interrupter.thread.join()
    try runner.close()
  }

  @Test func `case 54: a main that takes the request back and throws on is interrupted`() throws {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: RunnerInterrupted.self) {
      try runner.run {
        do { try await sleep(3600) } catch {
          AnyRunnerTask.current?.uncancel()
          throw error
        }
      }
    }
    interrupter.thread.join()
    try runner.close()
  }

  @Test func `case 55: a second interrupt ends run at once, and the next run goes on with main`()
    throws
  {
    let runner = Runner()
    let seen = Recorder<String>()
    let gate = try runner.loop.makeFuture(of: Void.self)
    let interrupter = try interruptWhenWaiting(runner, times: 2)
    let error = try #require(throws: RunnerInterrupted.self) {
      try runner.run {
        do { try await sleep(3600) } catch {
          seen.note("cleanup")
          try await gate.value
          seen.note("cleaned up")
        }
      }
    }
    interrupter.thread.join()
    #expect(error == RunnerInterrupted(mainIsPending: true))
    #expect(error.description == "The run was interrupted; its main task is still pending.")
    #expect(seen.events == ["cleanup"])
    let pending = try #require(runner.loop.tasks.first)
    #expect(
      interrupter.outcomes.events == [.cancelRequested(pending.id), .runAborted(pending.id)])
    try runner.run {
      try gate.resolve(())
      try await sleep(0.001)
    }
    #expect(seen.events == ["cleanup", "cleaned up"])
    #expect(pending.isDone)
    try runner.close()
  }

  @Test func `case 55: after a second interrupt close cancels the main that is left`() throws {
    let runner = Runner()
    let seen = Recorder<String>()
    let interrupter = try interruptWhenWaiting(runner, times: 2)
    #expect(throws: RunnerInterrupted.self) {
      try runner.run {
        do { try await sleep(3600) } catch {
          do { try await sleep(3600) } catch { seen.note("cancelled again") }
          throw error
        }
      }
    }
    interrupter.thread.join()
    let report = try runner.close()
    #expect(seen.events == ["cancelled again"])
    #expect(report.cancelledTasks == 1)
  }

  @Test func `case 56: a busy main that returns without a suspension is interrupted all the same`()
    throws
  {
    let runner = Runner()
    #expect(throws: RunnerInterrupted.self) {
      try runner.run {
        startThread { runner.interrupt() }.join()
        return "lost"
      }
    }
    try runner.close()
  }

  @Test func `case 56: two interrupts of a busy main end the run at its next suspension`() throws {
    let runner = Runner()
    let seen = Recorder<String>()
    let error = try #require(throws: RunnerInterrupted.self) {
      try runner.run {
        startThread {
          runner.interrupt()
          runner.interrupt()
        }.join()
        seen.note("busy")
        try await sleep(0)
        seen.note("never")
      }
    }
    #expect(error.mainIsPending)
    #expect(seen.events == ["busy"])
    try runner.close()
    #expect(seen.events == ["busy"])
  }

  @Test func `case 57: an interrupt before the first step of main keeps it from beginning`() throws
  {
    let runner = Runner()
    let loop = try runner.loop
    let began = Recorder<Int>()
    #expect(throws: RunnerInterrupted.self) {
      try runner.run(
        named: nil, operation: "", onStart: { _ in loop.interrupt() }
      ) { began.note(1) }
    }
    #expect(began.events.isEmpty)
    try runner.close()
  }

  @Test func `case 58: an interrupt after the end of main keeps its result and is reported`() throws
  {
    let runner = Runner()
    let reports = Recorder<LoopReport>()
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    let value = try runner.run {
      AnyRunnerTask.current?.whenDone {
        startThread {
          runner.interrupt()
          runner.interrupt()
        }.join()
      }
      return 58
    }
    #expect(value == 58)
    #expect(
      reports.events.map(\.message)
        == Array(
          repeating: "An interrupt came after the main task had ended; its result is kept.",
          count: 2))
    try runner.close()
  }

  @Test func `case 59: each run counts its interrupts anew`() throws {
    let runner = Runner()
    for _ in 0..<3 {
      let interrupter = try interruptWhenWaiting(runner)
      let error = try #require(throws: RunnerInterrupted.self) {
        try runner.run { try await sleep(3600) }
      }
      interrupter.thread.join()
      #expect(!error.mainIsPending)
    }
    let got1 = try runner.run { 59 }
    #expect(got1 == 59)
    try runner.close()
  }

  @Test func `case 59b: an interrupt inside a timeout is an interrupt`() throws {
    let runner = Runner()
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: RunnerInterrupted.self) {
      try runner.run { try await timeout(.seconds(3600)) { try await sleep(3600) } }
    }
    interrupter.thread.join()
    try runner.close()
  }

  @Test func `case 59c: an interrupt during close ends it, and the runner is closed`() throws {
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      try runner.loop.makeTask(named: "stubborn") {
        while true { try? await sleep(3600) }
      }
      try await sleep(0)
    }
    let outcomes = Recorder<InterruptOutcome>()
    let thread = startThread {
      while loop.phase != .waiting {}
      outcomes.note(runner.interrupt())
    }
    let error = try #require(throws: RunnerInterrupted.self) { try runner.close() }
    thread.join()
    #expect(outcomes.events == [.closeAborted])
    #expect(error.description == "The runner's close was interrupted.")
    #expect(error.closeReport?.wasInterrupted == true)
    #expect(error.closeReport?.refusedTasks.map(\.name) == ["stubborn"])
    #expect(runner.phase == .closed)
    #expect(loop.isClosed)
  }

  @Test func `case 59e: an interrupt cancels only main; the others go on until close`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let other = try loop.makeTask { try await sleep(3600) }
    let interrupter = try interruptWhenWaiting(runner)
    #expect(throws: RunnerInterrupted.self) { try runner.run { try await sleep(3600) } }
    interrupter.thread.join()
    #expect(other.state == .suspended)
    #expect(other.cancellationRequests == 0)
    try runner.close()
    #expect(other.isCancelled)
  }

  @Test func `interrupting a runner that does nothing says so`() throws {
    let runner = Runner()
    #expect(runner.interrupt() == .nothingRunning)
    _ = try runner.loop
    #expect(runner.interrupt() == .nothingRunning)
    let got2 = try runner.run { 1 }
    #expect(got2 == 1)
    try runner.close()
    #expect(runner.interrupt() == .nothingRunning)
  }

  /// Runs a main that makes a group, and interrupts it from within.
  private func interruptGroup(
    _ body: sending @escaping (Runner) async throws -> Void
  ) throws -> any Error {
    let runner = Runner.virtual()
    defer { _ = try? runner.close() }
    do {
      try runner.run { try await body(runner) }
    } catch {
      return error
    }
    throw RunnerError(.invalidState, "The run has thrown nothing.")
  }

  @Test(arguments: [false, true])
  func `case 59a: a task group that fails because of the interrupt is its cause`(inBody: Bool)
    throws
  {
    let error = try interruptGroup { runner in
      try await withRunnerTaskGroup { group in
        try group.makeTask {
          do { try await sleep(100) } catch { throw Failure() }
        }
        try group.makeTask {
          try await sleep(1)
          runner.interrupt()
        }
        if inBody { try await sleep(100) }
      }
    }
    let interrupt = try #require(error as? RunnerInterrupted)
    let context = try #require(interrupt.context as? RunnerTaskGroupError)
    #expect(context.errors.count == 1 && context.errors.first is Failure)
    #expect(!interrupt.mainIsPending)
    #expect(
      interrupt.description
        == "The run was interrupted. Before that, RunnerTaskGroupError was thrown: "
        + "unhandled errors in a TaskGroup (1 sub-error): Failure: Failure()")
    // Equality does not look at the context.
    #expect(interrupt == RunnerInterrupted())
    #expect(interrupt.hashValue == RunnerInterrupted().hashValue)
  }

  @Test func `case 59a: through two groups and a timeout it is the context as well`() throws {
    let error = try interruptGroup { runner in
      try await withRunnerTaskGroup { _ in
        try await timeout(.seconds(50)) {
          try await withRunnerTaskGroup { group in
            try group.makeTask {
              do { try await sleep(100) } catch { throw Failure() }
            }
            try await sleep(1)
            runner.interrupt()
            try await sleep(100)
          }
        }
      }
    }
    let context = try #require((error as? RunnerInterrupted)?.context as? RunnerTaskGroupError)
    #expect((context.errors.first as? RunnerTaskGroupError)?.errors.first is Failure)
  }

  @Test func `case 59a: a group error that has nothing to do with an interrupt comes out as it is`()
    throws
  {
    let error = try interruptGroup { runner in
      do {
        runner.interrupt()
        try await sleep(100)
      } catch {}
      try await withRunnerTaskGroup { group in
        try group.makeTask { throw Failure() }
      }
    }
    #expect(error is RunnerTaskGroupError)
  }

  @Test func `case 59a: a group that was cancelled by somebody else as well keeps its error`()
    throws
  {
    let error = try interruptGroup { runner in
      let main = AnyRunnerTask.current
      try await withRunnerTaskGroup { group in
        try group.makeTask {
          do { try await sleep(100) } catch { throw Failure() }
        }
        try group.makeTask {
          try await sleep(1)
          runner.interrupt()
          main?.cancel()
        }
      }
    }
    #expect(error is RunnerTaskGroupError)
  }
}
