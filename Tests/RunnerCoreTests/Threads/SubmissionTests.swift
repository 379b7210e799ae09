import RunnerCore
import RunnerCoreTesting
import Testing

/// What a thread without any concurrency of Swift's gives to a loop.
@Suite(.timeLimit(.minutes(1))) struct SubmissionTests {
  struct Failure: Error {}

  /// Runs `body` on a thread of its own while the loop runs, and returns its outcome.
  private func whileRunning<R: Sendable>(
    _ body: @escaping @Sendable (EventLoop) throws -> R
  ) throws -> R {
    let runner = Runner()
    let outcome = Recorder<Result<R, any Error>>()
    try runner.run {
      let loop = try runner.loop
      let end = loop.makeFuture(of: Void.self)
      let thread = startThread {
        outcome.note(Result { try body(loop) })
        _ = try? loop.scheduleThreadSafe { try end.resolve(()) }
      }
      try await end.value
      thread.join()
    }
    try runner.close()
    return try #require(outcome.events.first).get()
  }

  @Test func `case 76: a thread gets the value of what it has submitted`() throws {
    let value = try whileRunning { loop in
      try loop.submit {
        try await sleep(0.001)
        return 42
      }.result()
    }
    #expect(value == 42)
  }

  @Test func `case 76: a thread gets the error of what it has submitted`() throws {
    #expect(throws: Failure.self) {
      try whileRunning { loop in
        try loop.submit {
          try await sleep(0)
          throw Failure()
        }.result()
      }
    }
  }

  @Test func `case 76: cancelling from the thread cancels the task, whose cleanup is awaited`()
    throws
  {
    let seen = Recorder<String>()
    #expect(throws: CancellationError.self) {
      try whileRunning { loop in
        let begun = Latch()
        let submission = try loop.submit {
          begun.open()
          do { try await sleep(3600) } catch {
            try await sleep(0.001)
            seen.note("cleaned up")
            throw error
          }
        }
        _ = begun.wait()
        #expect(submission.cancel())
        defer {
          #expect(submission.isDone)
          #expect(!submission.cancel())
        }
        try submission.result()
      }
    }
    #expect(seen.events == ["cleaned up"])
  }

  @Test func `case 76: cancelling the task in the loop reaches the thread that waits`() throws {
    #expect(throws: CancellationError.self) {
      try whileRunning { loop in
        try loop.submit {
          AnyRunnerTask.current?.cancel()
          try await sleep(3600)
        }.result()
      }
    }
  }

  @Test func `a limit of the wait lets the coroutine go on`() throws {
    let value = try whileRunning { loop in
      let gate = Latch()
      let submission = try loop.submit { try await toThread { _ = gate.wait() } }
      #expect(throws: RunnerTimeoutError.self) { try submission.result(timeout: .milliseconds(1)) }
      gate.open()
      try submission.result(timeout: .seconds(60))
      return submission.isDone
    }
    #expect(value)
  }

  @Test func `on the loop's own thread the wait is refused, unless there is nothing to wait for`()
    throws
  {
    let runner = Runner.virtual(name: "own")
    try runner.run {
      let submission = try runner.loop.submit(named: "late") { 1 }
      let error = #expect(throws: RunnerError.self) { try submission.result() }
      #expect(error?.code == .wrongThread)
      #expect(
        error?.message == "The loop 'own' would wait for itself: task \(submission.task.id) (late)"
          + " runs on this thread; await its value instead.")
      try await sleep(0)
      #expect(try submission.result() == 1)
    }
    try runner.close()
  }

  @Test func `a loop that is closed lets the waiting thread go`() async throws {
    let loop = EventLoop(name: "gone")
    let submission = try loop.submit(named: "never") {}
    let waiting = Latch()
    async let message = onOwnThread { () -> String in
      waiting.open()
      do { try submission.result() } catch let error as RunnerError { return error.message }
      return "no error"
    }
    _ = waiting.wait()
    try loop.close()
    #expect(
      try await message
        == "Event loop is closed: task \(submission.task.id) (never) of 'gone' never ended.")
    #expect(throws: RunnerError.self) { try loop.submit {} }
  }
}
