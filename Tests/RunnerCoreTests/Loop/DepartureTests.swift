import RunnerCore
import RunnerCoreTesting
import Testing

/// Errors of the interrupt kind: `RunnerInterrupted` that the program throws itself.
@Suite(.timeLimit(.minutes(1))) struct DepartureTests {
  @Test func `case 74: a callback that throws the interrupt leaves run at once`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Recorder<String>()
    loop.exceptionHandler = { seen.note("report: \($0.message)") }
    #expect(throws: RunnerInterrupted()) {
      try runner.run {
        try loop.schedule {
          seen.note("first")
          throw RunnerInterrupted()
        }
        try loop.schedule { seen.note("second") }
        try await sleep(1)
        seen.note("main")
      }
    }
    #expect(seen.events == ["first"])
    // The loop can be run again, and goes on where it was left.
    try runner.run { try await sleep(2) }
    #expect(seen.events == ["first", "second", "main"])
    try runner.close()
  }

  @Test func `case 74: a task that throws the interrupt leaves run at once and keeps it`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let task = try loop.makeTask { throw RunnerInterrupted() }
    #expect(throws: RunnerInterrupted()) { try runner.run { try await sleep(1) } }
    #expect(task.state == .failed)
    #expect(throws: RunnerInterrupted()) { try task.outcome() }
    try runner.close()
  }

  @Test func `an interrupt that a task catches itself leaves nothing, also in a timeout`() throws {
    let runner = Runner.virtual()
    let caught = try runner.run {
      do {
        try await timeout(.seconds(1)) { throw RunnerInterrupted() }
        return false
      } catch is RunnerInterrupted { return true }
    }
    #expect(caught)
    try runner.close()
  }

  @Test func `case 119: a task that throws the interrupt in its cleanup leaves close at once`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Recorder<String>()
    try runner.run {
      try loop.makeTask {
        do { try await sleep(10) } catch { throw RunnerInterrupted() }
      }
      try loop.makeTask {
        do { try await sleep(10) } catch {
          try await sleep(1)
          seen.note("never")
        }
      }
      try await sleep(0)
    }
    let error = #expect(throws: RunnerInterrupted.self) { try runner.close() }
    #expect(error?.closeReport?.wasInterrupted == true)
    #expect(seen.events.isEmpty)
    #expect(loop.isClosed)
    #expect(runner.phase == .closed)
  }
}
