import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct UnreadErrorTests {
  struct Failure: Error {}

  /// The reports of a runner while `body` runs on it.
  private func reports(
    _ body: sending @escaping (EventLoop, Recorder<LoopReport>) async throws -> Void
  ) throws -> [LoopReport] {
    let reports = Recorder<LoopReport>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    try runner.run { try await body(loop, reports) }
    try runner.close()
    return reports.events
  }

  @Test func `case 81: a failed task that nobody looked at is reported once, when it is released`()
    throws
  {
    let line = #line + 3
    let reports = try reports { loop, reports in
      var task: RunnerTask<Void>? =
        try loop.makeTask(named: "lost") { throw Failure() }
      try await sleep(1)
      #expect(task?.state == .failed)
      #expect(reports.events.isEmpty)
      task = nil
      try await sleep(1)
      #expect(reports.events.count == 1)
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1)
    #expect(report.message == "Task exception was never retrieved")
    #expect(report.error is Failure)
    #expect(report.creationSite?.line == line)
    #expect(report.details["task"]?.contains("'lost' failed with Failure: Failure()") == true)
  }

  @Test func `case 81: a failed future that nobody looked at is reported once`() throws {
    let line = #line + 3
    let reports = try reports { loop, _ in
      var future: RunnerFuture<Int>? =
        loop.makeFuture(label: "lost")
      try future?.fail(Failure())
      future = nil
      try await sleep(1)
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1)
    #expect(report.message == "Future exception was never retrieved")
    #expect(report.error is Failure)
    #expect(report.future != nil)
    #expect(report.creationSite?.line == line)
    #expect(report.details["future"]?.contains("'lost' failed, made in") == true)
  }

  @Test(arguments: ["outcome", "error", "value", "cancel"])
  func `case 81: an error that was looked at once, or whose task was cancelled, is not reported`(
    look: String
  ) throws {
    let reports = try reports { loop, _ in
      let task = try loop.makeTask { throw Failure() }
      let future = loop.makeFuture(of: Int.self)
      try future.fail(Failure())
      try await sleep(1)
      switch look {
      case "outcome":
        #expect(throws: Failure.self) { try task.outcome() }
        #expect(throws: Failure.self) { try future.outcome() }
      case "error":
        #expect(try task.error() is Failure)
        #expect(try future.error() is Failure)
      case "value":
        await #expect(throws: Failure.self) { try await task.value }
        await #expect(throws: Failure.self) { try await future.value }
      default:
        #expect(!task.cancel())
        #expect(!future.cancel())
      }
    }
    #expect(reports.isEmpty)
  }

  @Test func `case 81: what a gather waits for counts as looked at, whichever error comes out`()
    throws
  {
    let reports = try reports { loop, _ in
      await #expect(throws: Failure.self) {
        try await gather(await fail(after: 1), await fail(after: 2))
      }
      try await sleep(5)
    }
    #expect(reports.isEmpty)
  }

  @Test func `case 81: the body of a timeout is nobody's task`() throws {
    let reports = try reports { loop, _ in
      await #expect(throws: Failure.self) {
        try await timeout(.seconds(5)) { try await fail(after: 1) }
      }
    }
    #expect(reports.isEmpty)
  }

  @Test func `case 81: a task that is released on another thread, or after close, is reported too`()
    throws
  {
    let seen = Recorder<String>()
    let runner = Runner()
    let loop = try runner.loop
    loop.exceptionHandler = { report in
      seen.note("\(report.message), loop closed: \(loop.isClosed)")
    }
    var kept: [RunnerTask<Void>] = []
    kept = try runner.run {
      let tasks = try (0..<3).map { _ in try loop.makeTask { throw Failure() } }
      try await sleep(0)
      return tasks
    }
    let box = LockedValue<AnyRunnerTask?>(kept.removeLast())
    try runner.run {
      let released = loop.makeFuture(of: Void.self)
      let thread = startThread {
        box.withLock { $0 = nil }
        _ = try? loop.scheduleThreadSafe { try released.resolve(()) }
      }
      try await released.value
      thread.join()
    }
    #expect(seen.events == ["Task exception was never retrieved, loop closed: false"])
    kept.removeLast()
    #expect(seen.events.count == 2)
    try runner.close()
    kept.removeLast()
    #expect(seen.events.last == "Task exception was never retrieved, loop closed: true")
    #expect(seen.events.count == 3)
  }

  @Test func `case 81: a handler may use the loop, whatever the release was part of`() throws {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { [unowned loop] report in
      seen.note(report.message)
      try loop.schedule(after: .seconds(1)) { seen.note("later") }
    }
    try runner.run {
      // Hundreds of timers that hold failed tasks: cancelled ones are dropped while others come.
      for timer in try (0..<300).map({ _ in try timerThatHoldsFailedTask(of: loop) }) {
        timer.cancel()
      }
      for number in 0..<300 { try loop.schedule(after: .seconds(number % 7)) {} }
      try await sleep(100)
    }
    #expect(seen.events.filter { $0 == "Task exception was never retrieved" }.count == 300)
    #expect(seen.events.filter { $0 == "later" }.count == 300)
    try runner.close()
  }
}

private func timerThatHoldsFailedTask(of loop: EventLoop) throws -> ScheduledCallback {
  let task = try loop.makeTask { throw UnreadErrorTests.Failure() }
  return try loop.schedule(after: .seconds(60)) { _ = task }
}

private func fail(after seconds: Double) async throws {
  try await sleep(seconds)
  throw UnreadErrorTests.Failure()
}
