import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerTests {
  struct Failure: Error, Equatable { var number = 0 }

  @Test func `case 1: a runner that was never used has no loop, and close does nothing`() throws {
    let made = Recorder<Int>()
    let runner = Runner(
      .init(makeLoop: {
        made.note(1)
        return EventLoop()
      }))
    #expect(runner.phase == .created)
    #expect(try runner.close().didClose == false)
    #expect(runner.phase == .created)
    #expect(made.events.isEmpty)
  }

  @Test func `case 2: a runner that was closed before any use still runs`() throws {
    let runner = Runner()
    try runner.close()
    let value = try runner.run { 3 }
    #expect(value == 3)
    try runner.close()
  }

  @Test func `case 4: makeLoop is called once, at first use`() throws {
    let made = Recorder<Int>()
    let runner = Runner(
      .init(makeLoop: {
        made.note(1)
        return EventLoop()
      }))
    _ = try runner.loop
    try runner.run {}
    try runner.run {}
    #expect(made.events.count == 1)
    try runner.close()
  }

  @Test func `case 5: the loop is the one that makeLoop returned, each time`() throws {
    let loop = EventLoop()
    let runner = Runner(.init(makeLoop: { loop }))
    #expect(try runner.loop === loop)
    #expect(try runner.loop === loop)
    try runner.close()
  }

  @Test func `case 6: a makeLoop that throws leaves the runner unused, and is asked again`() throws
  {
    let asked = Recorder<Int>()
    let runner = Runner(
      .init(makeLoop: {
        asked.note(1)
        if asked.events.count == 1 { throw Failure(number: 6) }
        return EventLoop()
      }))
    #expect(throws: Failure(number: 6)) { try runner.loop }
    #expect(runner.phase == .created)
    let value = try runner.run { 1 }
    #expect(value == 1)
    try runner.close()
  }

  @Test func `case 8: withRunner gives the runner itself, and its loop exists already`() throws {
    let made = Recorder<EventLoop>()
    try withRunner(
      .init(makeLoop: {
        let loop = EventLoop.virtualTime()
        made.note(loop)
        return loop
      })
    ) { runner in
      #expect(made.events.count == 1)
      #expect(runner.phase == .initialized)
      let loop = try runner.loop
      #expect(loop === made.events[0])
    }
  }

  @Test func `case 9: after close, loop and run say that the runner is closed`() throws {
    let runner = Runner(.init(name: "nine"))
    try runner.run {}
    try runner.close()
    let began = Recorder<Int>()
    let error = try #require(throws: RunnerError.self) { try runner.run { began.note(1) } }
    #expect(error.code == .closed)
    #expect(error.message == "Runner is closed: 'nine' runs nothing any more.")
    #expect(throws: RunnerError.self) { try runner.loop }
    #expect(began.events.isEmpty)
  }

  @Test func `case 10: closing twice acts once, and the loop stays closed`() throws {
    let runner = Runner()
    let loop = try runner.loop
    #expect(try runner.close().didClose)
    #expect(try runner.close().didClose == false)
    #expect(loop.isClosed)
  }

  @Test func `case 11: without withRunner, loop and run and close work as in it`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let left = Recorder<String>()
    let value = try runner.run {
      try loop.makeTask {
        do { try await sleep(60) } catch { left.note("cleaned up") }
      }
      try await sleep(0)
      return 7
    }
    #expect(value == 7)
    #expect(try runner.loop === loop)
    let report = try runner.close()
    #expect(report.finishedTasks == 1)
    #expect(left.events == ["cleaned up"])
    #expect(loop.isClosed)
    #expect(runner.phase == .closed)
  }

  @Test func `case 12: withRunner closes when its body throws, and the body's error comes out`()
    throws
  {
    let kept = Recorder<Runner>()
    #expect(throws: Failure(number: 12)) {
      try withRunner { runner in
        kept.note(runner)
        throw Failure(number: 12)
      }
    }
    #expect(kept.events[0].phase == .closed)
  }

  @Test func `case 14: run returns the value of a coroutine that suspends`() throws {
    let value = try withRunner { runner in
      try runner.run {
        try await sleep(0)
        return "value"
      }
    }
    #expect(value == "value")
  }

  @Test func `case 15: run throws what the coroutine throws, and the runner runs again`() throws {
    try withRunner { runner in
      #expect(throws: Failure(number: 15)) { try runner.run { throw Failure(number: 15) } }
      let second = try runner.run { 2 }
      #expect(second == 2)
    }
  }

  @Test func `case 19: a future or task of another loop cannot be awaited or run here`() throws {
    let other = Runner.virtual()
    let future = try other.loop.makeFuture(of: Int.self)
    let task = try other.loop.makeTask { 1 }
    let runner = Runner.virtual()
    let awaited = #expect(throws: RunnerError.self) {
      _ = try runner.run { try await future.value }
    }
    #expect(awaited?.code == .foreignLoop)
    #expect(
      awaited?.message == "Future \(future.number) is attached to a different loop; await it there."
    )
    let loop = try runner.loop
    let run = #expect(throws: RunnerError.self) { _ = try loop.runUntilComplete(task) }
    #expect(run?.message == "Task \(task.id) (\(task.name)) is attached to a different loop.")
    try runner.close()
    try other.close()
  }

  @Test
  func `case 19: a task that awaits one of another loop is told so at once, and nothing hangs`()
    throws
  {
    let other = Runner.virtual()
    let task = try other.loop.makeTask { 8 }
    let sentence = "Task \(task.id) (\(task.name)) is attached to a different loop; await it there."
    try Runner.virtual().run {
      let limited = await #expect(throws: RunnerError.self) {
        try await timeout(.seconds(1)) { try await task.value }
      }
      #expect(limited?.code == .foreignLoop && limited?.message == sentence)
      async let child = task.awaitValue()
      var inChild: (any Error)?
      do { _ = try await child } catch { inChild = error }
      #expect(inChild as? RunnerError == RunnerError(.foreignLoop, sentence))
      #expect(!task.isDone && task.cancellationRequests == 0)
    }
    // Beside all loops it may be awaited, and an ended one anywhere.
    let value = Recorder<Int>()
    let ended = Latch()
    Task.detached {
      let result = try await task.value
      value.note(result)
      ended.open()
    }
    try other.run { _ = try await task.value }
    #expect(ended.wait(limit: .seconds(30)))
    #expect(value.events == [8])
    let again = try Runner.virtual().run { try await task.value }
    #expect(again == 8)
    try other.close()
  }

  @Test func `case 71: a task whose loop was closed before its end says that it never will end`()
    async throws
  {
    let loop = EventLoop(name: "shut")
    let task = try loop.makeTask { 1 }
    try loop.close()
    let sentence =
      "Task \(task.id) (\(task.name)) will never end: its event loop 'shut' is closed; make a new task"
      + " in an open one."
    let outcome = #expect(throws: RunnerError.self) { try task.outcome() }
    #expect(outcome?.code == .closed && outcome?.message == sentence)
    let error = #expect(throws: RunnerError.self) { _ = try task.error() }
    #expect(error?.message == sentence)
    let awaited = await #expect(throws: RunnerError.self) { try await task.value }
    #expect(awaited?.code == .closed && awaited?.message == sentence)
    let inside = await #expect(throws: RunnerError.self) { try await Self.awaitInLoop(task) }
    #expect(inside?.code == .closed)
    #expect(task.cancel() == false)
    #expect(task.cancellationRequests == 0)
    #expect(task.description.contains("cancelling") == false)
  }

  /// Awaits a task in a task of a new runner.
  private static func awaitInLoop(_ task: RunnerTask<Int>) async throws {
    _ = try await withUnsafeThrowingContinuation { continuation in
      continuation.resume(with: Result { try Runner.virtual().run { try await task.value } })
    }
  }

  @Test func `case 20: run inside a running loop is refused before anything is made`() throws {
    let began = Recorder<Int>()
    try withRunner { runner in
      try runner.run {
        let error = try #require(throws: RunnerError.self) { try runner.run { began.note(1) } }
        #expect(error.code == .insideRunningLoop)
        #expect(
          error.message
            == "Runner.run() cannot be called from a running event loop; await the coroutine there."
        )
        let live = try runner.loop.tasks
        #expect(live.count == 1)
      }
    }
    #expect(began.events.isEmpty)
  }

  @Test func `case 21: Runner.run inside a running loop is refused`() throws {
    try withRunner { runner in
      try runner.run {
        let error = try #require(throws: RunnerError.self) { try Runner.run {} }
        #expect(error.code == .insideRunningLoop)
      }
    }
  }

  @Test
  func `case 23: a loop that is stopped under its main task says so, and the next run goes on`()
    throws
  {
    let seen = Recorder<String>()
    try withRunner { runner in
      let loop = try runner.loop
      let error = try #require(throws: RunnerError.self) {
        try runner.run {
          loop.stop()
          try await sleep(0.001)
          seen.note("went on")
        }
      }
      #expect(error.code == .stopped)
      #expect(error.message == "Event loop stopped before Future completed.")
      try runner.run { try await sleep(0.01) }
    }
    #expect(seen.events == ["went on"])
  }

  @Test func `case 24: a run from a second thread is refused before anything is made`() throws {
    try withRunner { runner in
      let began = Recorder<Int>()
      try runner.run {
        let errors = Recorder<RunnerError>()
        let thread = startThread {
          do { try runner.run { began.note(1) } } catch { errors.note(error as! RunnerError) }
        }
        thread.join()
        #expect(errors.events.map(\.code) == [.alreadyRunning])
        let live = try runner.loop.tasks
        #expect(live.count == 1)
      }
      try runner.run { try await sleep(0) }
      #expect(began.events.isEmpty)
    }
  }

  @Test func `case 25: CancellationError that main throws by itself comes out`() throws {
    try withRunner { runner in
      #expect(throws: CancellationError.self) { try runner.run { throw CancellationError() } }
    }
  }

  @Test func `case 26: the main tasks of three runs have distinct, increasing names`() throws {
    try withRunner { runner in
      let names = try (0..<3).map { _ in
        try runner.run { AnyRunnerTask.current?.name ?? "" }
      }
      let numbers = names.compactMap { Int($0.dropFirst("Task-".count)) }
      #expect(numbers.count == 3)
      #expect(numbers == numbers.sorted())
      #expect(Set(numbers).count == 3)
    }
  }

  /// A coroutine with a name, as `asyncio.run(main())` has one.
  private static func main() async throws -> String {
    let task = AnyRunnerTask.current
    return "\(task?.name ?? "none") \(task?.loop.name ?? "none") \(Self.variable.value)"
  }

  private static let variable = ContextVariable("of main", default: "unset")

  @Test func `case 28: Runner.run takes a function, a configuration, a name and a context`() throws
  {
    let plain = try Runner.run(Self.main)
    #expect(plain.hasSuffix(" runner unset"))
    let context = SharedRunnerContext()
    try Runner.run(context: context) { Self.variable.set("set") }
    let all = try Runner.run(
      configuration: Runner.Configuration(name: "once"), named: "first", context: context, Self.main
    )
    #expect(all == "first once set")
  }

  @Test func `case 28: Runner.run uses a new loop each time, and closes it`() throws {
    let first = try Runner.run { EventLoop.running }
    let second = try Runner.run { EventLoop.running }
    #expect(first !== second)
    #expect(first?.isClosed == true)
    #expect(second?.isClosed == true)
  }

  @Test func `case 29: the result of a run is never described`() throws {
    struct Shy: CustomStringConvertible, Sendable {
      let asked: Recorder<Int>
      var description: String {
        asked.note(1)
        return "shy"
      }
    }
    let asked = Recorder<Int>()
    let runner = Runner.virtual()
    let result = try runner.run(named: "main") {
      let child = try EventLoop.running?.makeTask { Shy(asked: asked) }
      return try await child?.value
    }
    #expect(result != nil)
    try runner.close()
    #expect(asked.events.isEmpty)
    #expect("\(Shy(asked: asked))" == "shy")
    #expect(asked.events.count == 1)
  }

  @Test func `case 30: what a run leaves behind stands still until the next run`() throws {
    let steps = Recorder<Int>()
    try withRunner { runner in
      try runner.run {
        try runner.loop.makeTask {
          for step in 0... {
            steps.note(step)
            try await sleep(0)
          }
        }
        try await sleep(0)
      }
      let count = steps.events.count
      #expect(count > 0)
      try runner.run {
        try await sleep(0)
        try await sleep(0)
      }
      #expect(steps.events.count > count)
    }
  }

  @Test func `case 31: a task that main makes in its last step has run when run returns`() throws {
    let ran = Recorder<Int>()
    try withRunner { runner in
      try runner.run { try runner.loop.makeTask { ran.note(1) } }
      #expect(ran.events == [1])
    }
  }

  @Test func `a loop, a callback and a close say in a line what they are`() throws {
    let clock = VirtualClock()
    let runner = Runner.virtual(name: "main", clock: clock)
    let loop = try runner.loop
    #expect("\(loop)" == "<EventLoop 'main' idle, 0 tasks>")
    let line = #line + 1
    let callback = try loop.schedule(after: .seconds(2)) {}
    let place =
      "scheduled in a loop, a callback and a close say in a line what they are() at RunnerTests.swift:\(line)"
    #expect("\(callback)" == "<Callback pending, due at 2.0 seconds, \(place)>")
    let other = try loop.schedule(after: .seconds(60)) {}
    try loop.makeTask { try await sleep(3600) }
    try runner.run { try await sleep(3) }
    #expect("\(callback)" == "<Callback made, \(place)>")
    other.cancel()
    #expect("\(other)".hasPrefix("<Callback cancelled, "))
    #expect("\(loop)" == "<EventLoop 'main' idle, 1 task>")
    let report = try runner.close()
    #expect("\(report)" == "closed in \(report.duration.inSeconds) seconds: 1 task cancelled")
    #expect("\(try runner.close())" == "nothing to close")
    #expect("\(loop)" == "<EventLoop 'main' closed, 0 tasks>")
    let mixed = CloseReport(
      duration: .seconds(1), cancelledTasks: 2, finishedTasks: 1, closedGenerators: 1,
      wasInterrupted: true)
    #expect(
      "\(mixed)"
        == "closed in 1.0 seconds: 2 tasks cancelled, 1 finished, 1 generator closed, interrupted")
  }
}
