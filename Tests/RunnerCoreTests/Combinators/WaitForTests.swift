import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct WaitForTests {
  struct Failure: Error {}

  // MARK: A coroutine

  @Test func `case 107: a coroutine runs in the caller's task, and its value is returned`() throws {
    try inVirtualRunner { loop in
      for limit in [nil, Duration.seconds(10)] {
        let task = try await waitFor(limit) {
          try await sleep(1)
          return AnyRunnerTask.current
        }
        #expect(task === AnyRunnerTask.current)
      }
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }

  @Test(arguments: [0, -1])
  func `case 107: with a limit of zero or less a coroutine never begins`(seconds: Int) throws {
    try inVirtualRunner { loop in
      let start = loop.iterations
      let error = await #expect(throws: RunnerTimeoutError.self) {
        try await waitFor(.seconds(seconds)) { Issue.record("must not run") }
      }
      #expect(error?.limit == .seconds(seconds))
      // A loop of such calls lets others run.
      #expect(loop.iterations == start + 1)
    }
  }

  @Test func `case 107: a coroutine that swallows the cancellation has its value returned`() throws
  {
    try inVirtualRunner { loop in
      let value = try await waitFor(.seconds(1)) {
        do { try await sleep(10) } catch { return 42 }
        return 0
      }
      #expect(value == 42)
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
    }
  }

  @Test func `case 107: an error of the cleanup comes out instead of the timeout's`() throws {
    try inVirtualRunner { loop in
      await #expect(throws: Failure.self) {
        try await waitFor(.seconds(1)) {
          do { try await sleep(10) } catch { throw Failure() }
        }
      }
      let task = try loop.makeTask {
        do { try await sleep(10) } catch { throw Failure() }
      }
      await #expect(throws: Failure.self) { try await waitFor(task, .seconds(1)) }
    }
  }

  @Test func `case 107: the end of a coroutine does not swallow a later request`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        try await waitFor(.seconds(100)) {}
        try await sleep(1)
        seen.note("never")
      }
      try await sleep(0)
      #expect(!task.isDone)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == [])
    }
  }

  // MARK: A task

  @Test func `case 107: a task that takes too long is cancelled and awaited`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        do { try await sleep(10) } catch {
          try await sleep(5)
          throw error
        }
      }
      let error = await #expect(throws: RunnerTimeoutError.self) {
        try await waitFor(task, .seconds(1))
      }
      #expect(error?.limit == .seconds(1))
      #expect(task.isCancelled)
      #expect(loop.now == LoopInstant(nanoseconds: 6_000_000_000))
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
    }
  }

  @Test(arguments: [nil, 10])
  func `case 107: a task that ends in time gives its value`(limit: Int?) throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        try await sleep(1)
        return "done"
      }
      #expect(try await waitFor(task, limit.map { .seconds($0) }) == "done")
      let failing = try loop.makeTask { throw Failure() }
      await #expect(throws: Failure.self) {
        try await waitFor(failing, limit.map { .seconds($0) })
      }
    }
  }

  @Test(arguments: [0, -1])
  func `case 107: with a limit of zero or less a live task is cancelled at once, a done one read`(
    seconds: Int
  ) throws {
    try inVirtualRunner { loop in
      let running = try loop.makeTask {
        do { try await sleep(10) } catch {
          try await sleep(1)
          throw error
        }
      }
      try await sleep(1)
      await #expect(throws: RunnerTimeoutError.self) {
        try await waitFor(running, .seconds(seconds))
      }
      #expect(running.isCancelled)
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))

      let fresh = try loop.makeTask { Issue.record("must not run") }
      await #expect(throws: RunnerTimeoutError.self) { try await waitFor(fresh, .seconds(seconds)) }
      #expect(fresh.isCancelled)

      let stubborn = try loop.makeTask {
        try? await sleep(10)
        return "kept"
      }
      try await sleep(0)
      #expect(try await waitFor(stubborn, .seconds(seconds)) == "kept")

      let done = try loop.makeTask { "done" }
      try await sleep(0)
      let start = loop.iterations
      #expect(try await waitFor(done, .seconds(seconds)) == "done")
      #expect(loop.iterations == start)
    }
  }

  @Test(arguments: [nil, 60])
  func `case 107: cancelling the waiting task cancels the task`(limit: Int?) throws {
    try inVirtualRunner { loop in
      let inner = try loop.makeTask { try await loop.makeFuture(of: Void.self).value }
      let waiting = try loop.makeTask { try await waitFor(inner, limit.map { .seconds($0) }) }
      try await sleep(0)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(inner.isCancelled && waiting.isCancelled)
    }
  }

  @Test func `case 107: a shielded task outlives the limit`() throws {
    try inVirtualRunner { loop in
      let inner = try loop.makeTask {
        try await sleep(5)
        return "done"
      }
      await #expect(throws: RunnerTimeoutError.self) {
        try await waitFor(.seconds(1)) { try await shield(inner) }
      }
      #expect(!inner.isDone && inner.cancellationRequests == 0)
      #expect(try await inner.value == "done")
    }
  }

  @Test func `a task of another loop is refused`() throws {
    let other = EventLoop()
    let stranger = try other.makeTask(named: "stranger") { 1 }
    try inVirtualRunner { _ in
      for limit in [nil, Duration.zero, .seconds(1)] {
        let error = await #expect(throws: RunnerError.self) { try await waitFor(stranger, limit) }
        #expect(
          error?.message == "Task \(stranger.id) (stranger) is attached to a different loop.")
      }
    }
    #expect(try other.runUntilComplete(stranger) == 1)
    try other.close()
  }

  // MARK: Time

  @Test func `case 69: a coroutine's value is there in its own iteration, a task's in the next`()
    throws
  {
    try inVirtualRunner { loop in
      let ended = try await waitFor(.seconds(10)) {
        try await sleep(1)
        return loop.iterations
      }
      #expect(loop.iterations == ended)
      let task = try loop.makeTask {
        try await sleep(1)
        return loop.iterations
      }
      #expect(try await waitFor(task, .seconds(10)) == loop.iterations - 1)
    }
  }
}
