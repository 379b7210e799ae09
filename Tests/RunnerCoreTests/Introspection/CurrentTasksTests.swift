import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct CurrentTasksTests {
  struct Failure: Error {}

  @Test func `case 131: a task is current in its steps, and none is in a plain callback`() throws {
    let seen = Recorder<String>()
    #expect(AnyRunnerTask.current == nil)
    try withRunner { runner in
      #expect(AnyRunnerTask.current == nil)
      let loop = try runner.loop
      try runner.run(named: "main") {
        seen.note(AnyRunnerTask.current?.name ?? "none")
        let task = try loop.makeTask(named: "other") {
          seen.note(AnyRunnerTask.current?.name ?? "none")
        }
        task.whenDone { seen.note(AnyRunnerTask.current?.name ?? "none in a done callback") }
        try loop.schedule { seen.note(AnyRunnerTask.current?.name ?? "none in a callback") }
        try loop.schedule(after: .zero) {
          seen.note(AnyRunnerTask.current?.name ?? "none in a timer")
        }
        await Task.detached { seen.note(AnyRunnerTask.current?.name ?? "none elsewhere") }.value
        try await sleep(0.001)
        seen.note(AnyRunnerTask.current?.name ?? "none")
      }
      #expect(AnyRunnerTask.current == nil)
    }
    #expect(seen.events.first == "main")
    #expect(seen.events.last == "main")
    #expect(
      Set(seen.events) == [
        "main", "other", "none in a callback", "none in a done callback", "none in a timer",
        "none elsewhere",
      ])
  }

  @Test func `case 132: a loop's tasks are those of its own that have not ended`() throws {
    let other = EventLoop.virtualTime(name: "other")
    let foreign = try other.makeTask { try await sleep(10) }
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let finished = try loop.makeTask {}
      let failed = try loop.makeTask { throw Failure() }
      let cancelled = try loop.makeTask { try await sleep(10) }
      cancelled.cancel()
      let pending = try loop.makeTask { try await timeout(.seconds(60)) { try await sleep(10) } }
      try await sleep(1)
      let unstarted = try loop.makeTask {}
      let eager = try loop.makeTask(eagerStart: true) { try await sleep(10) }
      let eagerAndDone = try loop.makeTask(eagerStart: true) {}
      let main = try #require(AnyRunnerTask.current)
      #expect(loop.tasks.map(\.id) == [main, pending, unstarted, eager].map(\.id))
      #expect(other.tasks.map(\.id) == [foreign.id])
      #expect([finished, eagerAndDone].allSatisfy { $0.state == .finished })
      #expect(failed.state == .failed)
      #expect(throws: Failure.self) { try failed.outcome() }
      #expect(unstarted.state == .created)
      #expect(eager.state == .suspended)
    }
    try runner.close()
    #expect(loop.tasks.isEmpty)
    foreign.cancel()
    #expect(throws: CancellationError.self) { try other.runUntilComplete(foreign) }
    #expect(other.tasks.isEmpty)
    try other.close()
  }

  @Test func `case 133: the stack of a suspended task is the lines at which it waits`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let line = #line + 1
      let task = try loop.makeTask(named: "t") {
        try await timeout(.seconds(60)) {
          try await sleep(10)
        }
      }
      #expect(task.stack.map(\.line) == [line])
      try await sleep(1)
      #expect(task.stack.map(\.line) == [line + 2, line + 1])
      #expect(
        task.stackText == """
          Stack for \(task) (most recent call last):
            \(#function) at CurrentTasksTests.swift:\(line + 1)
            \(#function) at CurrentTasksTests.swift:\(line + 2)
          """)
      try await task.value
    }
    try runner.close()
  }

  @Test func `case 133: an ended task has no stack, and a failed one an error instead`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let finished = try loop.makeTask {}
      let failed = try loop.makeTask { throw Failure() }
      let cancelled = try loop.makeTask { try await sleep(10) }
      cancelled.cancel()
      try await sleep(1)
      #expect(finished.stack.isEmpty && failed.stack.isEmpty && cancelled.stack.isEmpty)
      #expect(finished.stackText == "No stack for \(finished)")
      #expect(cancelled.stackText == "No stack for \(cancelled)")
      #expect(failed.stackText == "Traceback for \(failed):\n  Failure: Failure()")
      #expect(AnyRunnerTask.current?.stackText.hasPrefix("No stack for <Task") == true)
      _ = try? failed.outcome()
    }
    try runner.close()
  }
}
