import Glibc
import RunnerCore
import RunnerCoreTesting
import Testing

/// What becomes of threads when a loop ends.
@Suite(.timeLimit(.minutes(1))) struct ThreadCloseTests {
  @Test func `case 114: close ends tasks, then generators, then threads, then the loop`() throws {
    let seen = Recorder<String>()
    let (begun, gate) = (Latch(), Latch())
    let runner = Runner.virtual()
    let loop = try runner.loop
    let kept = Recorder<RunnerGenerator<Int>>()
    try runner.run {
      let generator = RunnerGenerator<Int> { yield in
        do { try await yield(1) } catch {
          seen.note("generator")
          // The loop stands still in real time until the job is done: this is what lets it.
          gate.open()
          throw error
        }
      }
      kept.note(generator)
      _ = try await generator.next()
      try loop.makeTask {
        do {
          try await toThread {
            begun.open()
            _ = gate.wait()
            seen.note(loop.isClosed ? "loop, then job" : "job")
          }
        } catch {
          seen.note("task")
          throw error
        }
      }
      try await sleep(0)
      while !begun.wait(limit: .zero) { try await sleep(0) }
    }
    let pool = try #require(loop.defaultExecutor)
    let report = try runner.close()
    #expect(seen.events == ["task", "generator", "job"])
    #expect(report.unfinishedJobs.isEmpty)
    #expect(pool.threadCount == 0)
    #expect(loop.isClosed)
  }

  @Test func `case 121: a job that outlives the limit is named, and close returns`() throws {
    let reports = Recorder<LoopReport>()
    let (begun, gate) = (Latch(), Latch())
    let runner = Runner(.init(name: "late", closeDeadline: .milliseconds(20)))
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    let line = #line + 3
    try runner.run {
      let task = try loop.makeTask {
        try await loop.runInExecutor {
          begun.open()
          _ = gate.wait()
        }
      }
      try await sleep(0)
      _ = begun.wait()
      task.cancel()
    }
    let pool = try #require(loop.defaultExecutor)
    let report = try runner.close()
    #expect(runner.phase == .closed)
    #expect(report.unfinishedJobs.count == 1)
    let job = try #require(report.unfinishedJobs.first)
    #expect(job.thread == "late_0")
    #expect(job.site?.line == line)
    #expect((job.elapsed ?? .zero) >= .milliseconds(20))
    #expect(
      reports.events.map(\.message) == [
        "The executor did not finish joining its threads within 0.02 seconds."
      ])
    #expect(reports.events.first?.details["jobs"]?.hasPrefix("on late_0 for 0.") == true)
    #expect(pool.threadCount == 1)
    gate.open()
    #expect(try pool.close(), "the job has gone on without the loop")
  }

  @Test func `case 122: a pool that was never used is not made by close`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run { try await loop.shutdownDefaultExecutor() }
    try runner.close()
    #expect(loop.defaultExecutor == nil)
    let unused = RunnerThreadPool(name: "unused")
    #expect(unused.threadCount == 0)
    #expect(try unused.close())
  }

  @Test func `case 123: after shutdown the default pool refuses, and a pool of one's own works`()
    throws
  {
    let pool = RunnerThreadPool(name: "own")
    let runner = Runner.virtual(name: "late")
    try runner.run {
      let loop = try runner.loop
      try await toThread {}
      try await loop.shutdownDefaultExecutor()
      #expect(loop.defaultExecutor?.threadCount == 0)
      try await loop.shutdownDefaultExecutor()
      let error = await #expect(throws: RunnerError.self) { try await toThread {} }
      #expect(
        error?.message == "Executor shutdown has been called: the loop 'late' has no default thread"
          + " pool any more; give runInExecutor a pool of your own.")
      #expect(try await loop.runInExecutor(on: pool) { 7 } == 7)
    }
    try runner.close()
    try pool.close()
  }

  @Test func `the loop goes on while it waits for the threads`() throws {
    let (begun, gate) = (Latch(), Latch())
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      let task = try loop.makeTask {
        try await toThread {
          begun.open()
          _ = gate.wait()
        }
      }
      try await sleep(0)
      _ = begun.wait()
      task.cancel()
    }
    // Fires while `close` waits; without it the job would never end.
    try loop.schedule(after: .milliseconds(1)) { gate.open() }
    #expect(try runner.close().unfinishedJobs.isEmpty)
  }

  @Test func `shutdownDefaultExecutor lets other tasks run, and returns after its limit`() throws {
    let reports = Recorder<LoopReport>()
    let seen = Recorder<String>()
    let (begun, gate) = (Latch(), Latch())
    let runner = Runner()
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    try runner.run {
      let job = try loop.makeTask {
        try await toThread {
          begun.open()
          _ = gate.wait()
        }
      }
      try await sleep(0)
      _ = begun.wait()
      try loop.schedule { seen.note("other") }
      try await loop.shutdownDefaultExecutor(timeout: .milliseconds(1))
      seen.note("returned")
      #expect(
        reports.events.map(\.message) == [
          "The executor did not finish joining its threads within 0.001 seconds."
        ])
      let waiting = try loop.makeTask { try await loop.shutdownDefaultExecutor() }
      try await sleep(0)
      #expect(loop.tasks.contains { $0 === waiting })
      gate.open()
      try await job.value
      try await waiting.value
    }
    #expect(seen.events == ["other", "returned"])
    #expect(try runner.close().unfinishedJobs.isEmpty)
  }

  @Test
  func `under virtual time shutdownDefaultExecutor waits for idle threads, and reports nothing`()
    throws
  {
    let reports = Recorder<LoopReport>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    try runner.run {
      let start = loop.now
      try await toThread {}
      try await loop.shutdownDefaultExecutor(timeout: .seconds(1))
      #expect(loop.now == start)
    }
    #expect(reports.events.isEmpty)
    try runner.close()
  }

  @Test func `an interrupt ends the wait for the threads, and the runner is closed`() throws {
    let (begun, gate) = (Latch(), Latch())
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      let task = try loop.makeTask {
        try await toThread {
          begun.open()
          _ = gate.wait()
        }
      }
      try await sleep(0)
      _ = begun.wait()
      task.cancel()
    }
    try loop.schedule(after: .milliseconds(1)) { runner.interrupt() }
    #expect(throws: RunnerInterrupted.self) { try runner.close() }
    #expect(runner.phase == .closed)
    gate.open()
  }
}
