import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct ShieldTests {
  struct Failure: Error {}

  private func inRunner(
    reports: Recorder<LoopReport> = Recorder(), takingBack: Bool = true,
    _ body: sending @escaping (EventLoop) async throws -> Void
  ) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.takesFlagsBack = takingBack
    loop.exceptionHandler = { reports.note($0) }
    try runner.run { try await body(loop) }
    try runner.close()
  }

  @Test func `case 108: the value and the error of the inner task come out`() throws {
    try inRunner { loop in
      let inner = try loop.makeTask {
        try await sleep(1)
        return 42
      }
      #expect(try await shield(inner) == 42)
      let start = loop.iterations
      #expect(try await shield(inner) == 42)
      #expect(loop.iterations == start)
      await #expect(throws: Failure.self) {
        try await shield {
          try await sleep(1)
          throw Failure()
        }
      }
    }
  }

  @Test(arguments: [true, false])
  func `case 108: cancelling the outer task lets the inner one go on`(takingBack: Bool) throws {
    let reports = Recorder<LoopReport>()
    try inRunner(reports: reports, takingBack: takingBack) { loop in
      let inner = try loop.makeTask {
        try await Task.sleep(for: .nanoseconds(1))
        try await sleep(5)
        return 42
      }
      let outer = try loop.makeTask { try await shield(inner) }
      try await sleep(1)
      outer.cancel()
      await #expect(throws: CancellationError.self) { try await outer.value }
      #expect(outer.isCancelled && !inner.isDone && inner.cancellationRequests == 0)
      #expect(try await inner.value == 42)
      // The loop hears of the end in the same iteration, after this task.
      try await sleep(0)
      #expect(loop.shielded.isEmpty)
    }
    #expect(reports.events.isEmpty)
  }

  @Test
  func `case 108: a shielded coroutine goes on when its caller is cancelled before it begins`()
    throws
  {
    try inRunner { loop in
      let seen = Recorder<String>()
      let outer = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        try await shield {
          try await sleep(1)
          seen.note("inner")
        }
      }
      await #expect(throws: CancellationError.self) { try await outer.value }
      #expect(seen.events == [])
      try await sleep(2)
      #expect(seen.events == ["inner"])
    }
  }

  @Test func `case 108: cancelling the inner task cancels the outer one`() throws {
    try inRunner { loop in
      let inner = try loop.makeTask { try await sleep(100) }
      let outer = try loop.makeTask { try await shield(inner) }
      try await sleep(1)
      inner.cancel()
      await #expect(throws: CancellationError.self) { try await outer.value }
      #expect(outer.isCancelled && outer.cancellationRequests == 0)
    }
  }

  @Test
  func `case 108: an inner task that fails after the outer one was cancelled is reported once`()
    throws
  {
    let reports = Recorder<LoopReport>()
    let number = Recorder<TaskID>()
    try inRunner(reports: reports) { loop in
      let inner = try loop.makeTask(named: "inner") {
        try await sleep(5)
        throw Failure()
      }
      number.note(inner.id)
      for _ in 1...2 {
        let outer = try loop.makeTask { try await shield(inner) }
        try await sleep(1)
        outer.cancel()
        await #expect(throws: CancellationError.self) { try await outer.value }
      }
      #expect(loop.shielded == [inner.id])
      try await sleep(10)
      #expect(loop.shielded.isEmpty)
    }
    #expect(reports.events.map(\.message) == ["Failure exception in shielded future"])
    #expect(reports.events.first?.task == number.events[0])
    #expect(reports.events.first?.error is Failure)
  }

  @Test func `case 108: an inner task that is cancelled after the outer one is not reported`()
    throws
  {
    let reports = Recorder<LoopReport>()
    try inRunner(reports: reports) { loop in
      let inner = try loop.makeTask { try await sleep(5) }
      let outer = try loop.makeTask { try await shield(inner) }
      try await sleep(1)
      outer.cancel()
      try await sleep(1)
      inner.cancel()
      try await sleep(1)
      #expect(inner.isCancelled && loop.shielded.isEmpty)
    }
    #expect(reports.events.isEmpty)
  }

  @Test func `case 69: a shield resumes in the second iteration after the inner task's end`() throws
  {
    try inRunner { loop in
      let ended = try await shield {
        try await sleep(1)
        return loop.iterations
      }
      #expect(loop.iterations == ended + 2)
    }
  }

  @Test func `case 134: a shielded task is awaited by the outer one`() throws {
    try inRunner { loop in
      let inner = try loop.makeTask(named: "inner") { try await sleep(5) }
      let outer = try loop.makeTask(named: "outer") { try await shield(inner) }
      try await sleep(1)
      let graph = captureCallGraph(of: inner)
      #expect(graph.awaitedBy.map(\.subject) == [.task(outer.id, name: "outer")])
      #expect(
        TaskPicture(of: loop).snapshot(of: outer, awaitedBy: []).wait?.subject == .task(inner.id))
      outer.cancel()
      try await sleep(0)
      try await sleep(0)
      #expect(captureCallGraph(of: inner).awaitedBy.isEmpty)
    }
  }

  @Test func `outside of a runner a shield is refused`() async throws {
    let error = await #expect(throws: RunnerError.self) { try await shield {} }
    #expect(
      error?.message == "No running event loop: shield must be called by a task of a runner.")
  }
}
