import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct CloseTests {
  struct Failure: Error {}

  @Test func `case 113: close cancels a hanging task and lets its cleanup complete`() throws {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    try runner.run {
      try runner.loop.makeTask {
        do { try await sleep(3600) } catch {
          seen.note("cancelled")
          try await sleep(1)
          seen.note("cleaned up")
          throw error
        }
      }
      try await sleep(0)
    }
    let report = try runner.close()
    #expect(seen.events == ["cancelled", "cleaned up"])
    #expect(report.cancelledTasks == 1)
    #expect(report.refusedTasks.isEmpty)
    #expect(runner.phase == .closed)
  }

  @Test func `case 115: a task that fails while it is closed is reported`() throws {
    let reports = Recorder<LoopReport>()
    let runner = Runner.virtual()
    try runner.loop.exceptionHandler = { reports.note($0) }
    let task = try runner.run {
      let task = try runner.loop.makeTask {
        do { try await sleep(3600) } catch { throw Failure() }
      }
      try await sleep(0)
      return task
    }
    let report = try runner.close()
    #expect(report.failedTasks == 1)
    #expect(reports.events.count == 1)
    let told = try #require(reports.events.first)
    #expect(told.message == "Unhandled exception during the runner's shutdown")
    #expect(told.error is Failure)
    #expect(told.task == task.id)
    #expect(told.details["task"] == "\(task)")
  }

  @Test func `case 116: a task that swallows the cancellation and returns is silently done`() throws
  {
    let runner = Runner.virtual()
    try runner.run {
      try runner.loop.makeTask { try? await sleep(3600) }
      try await sleep(0)
    }
    let report = try runner.close()
    #expect(report.finishedTasks == 1)
    #expect(report.cancelledTasks == 0)
  }

  @Test func `case 118: tasks born during close are cancelled and awaited too, in rounds`() throws {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    try runner.run {
      try runner.loop.makeTask {
        do { try await sleep(3600) } catch {
          try runner.loop.makeTask {
            do { try await sleep(3600) } catch {
              seen.note("newcomer cancelled")
              throw error
            }
          }
        }
      }
      try await sleep(0)
    }
    let report = try runner.close()
    #expect(seen.events == ["newcomer cancelled"])
    #expect(report.rounds == 2)
    #expect(report.refusedTasks.isEmpty)
  }

  @Test func `case 124: close inside the runner's own main is refused without side effects`() throws
  {
    let runner = Runner()
    let value = try runner.run {
      let other = try runner.loop.makeTask { 5 }
      let error = try #require(throws: RunnerError.self) { try runner.close() }
      #expect(error.code == .alreadyRunning)
      return try await other.value
    }
    #expect(value == 5)
    #expect(runner.phase == .initialized)
    try runner.close()
  }

  @Test func `case 125: past the deadline the report names who refuses and where it waits`() throws
  {
    let runner = Runner.virtual()
    try runner.run {
      try runner.loop.makeTask(named: "stubborn") {
        while true { try? await sleep(0.5) }
      }
      try await sleep(0)
    }
    let report = try runner.close(deadline: .seconds(1))
    #expect(report.refusedTasks.map(\.name) == ["stubborn"])
    #expect(report.refusedTasks.first?.wait?.site?.fileName == "CloseTests.swift")
    #expect(report.refusedTasks.first?.cancellationRequests == 1)
    #expect(runner.phase == .closed)
    #expect(try runner.close().didClose == false)
  }

  @Test func `ten thousand sleeping tasks are closed in one round`() throws {
    let runner = Runner()
    try runner.run {
      for _ in 0..<10_000 { try runner.loop.makeTask { try await sleep(3600) } }
      try await sleep(0)
    }
    let report = try runner.close()
    #expect(report.cancelledTasks == 10_000)
    #expect(report.rounds == 1)
  }
}
