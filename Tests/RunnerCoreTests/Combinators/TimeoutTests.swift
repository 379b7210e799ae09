import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
  struct Failure: Error {}

  private func inRunner(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run { try await body(loop) }
    try runner.close()
  }

  @Test func `case 104: past the limit the body is cancelled and the timeout throws`() throws {
    try inRunner { loop in
      let seen = Recorder<String>()
      let error = await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(2)) {
          do { try await sleep(10) } catch {
            seen.note("cancelled")
            throw error
          }
        }
      }
      #expect(error?.limit == .seconds(2))
      #expect(error?.description == "The operation took longer than 2.0 seconds.")
      #expect(seen.events == ["cancelled"])
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }

  @Test func `case 104: a body that does not suspend is not timed out`() throws {
    try inRunner { _ in
      let value = try await timeout(.zero) { 1 }
      #expect(value == 1)
    }
  }

  @Test func `case 104: a body that swallows the cancellation has its value returned`() throws {
    try inRunner { _ in
      let value = try await timeout(.seconds(1)) {
        try? await sleep(10)
        return "swallowed"
      }
      #expect(value == "swallowed")
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      try await sleep(1)
    }
  }

  @Test func `case 104: a body that turns the cancellation into an error has that thrown`() throws {
    try inRunner { _ in
      await #expect(throws: Failure.self) {
        try await timeout(.seconds(1)) { do { try await sleep(10) } catch { throw Failure() } }
      }
    }
  }

  @Test func `case 105: two equal limits, one error, and it is the outer one's`() throws {
    try inRunner { _ in
      let seen = Recorder<String>()
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(1)) {
          do {
            try await timeout(.seconds(1)) { try await sleep(10) }
          } catch {
            seen.note("\(type(of: error))")
            throw error
          }
        }
      }
      #expect(seen.events == ["CancellationError"])
    }
  }

  @Test func `an inner limit that passes first is caught inside, and the outer one still holds`()
    throws
  {
    try inRunner { loop in
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(3)) {
          do {
            try await timeout(.seconds(1)) { try await sleep(10) }
          } catch is RunnerTimeoutError {}
          #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
          try await sleep(10)
        }
      }
      #expect(loop.now == LoopInstant(nanoseconds: 3_000_000_000))
    }
  }

  @Test func `case 106: zero or less lets the body run to its first suspension`() throws {
    try inRunner { _ in
      for limit in [Duration.zero, .seconds(-1)] {
        let seen = Recorder<String>()
        await #expect(throws: RunnerTimeoutError.self) {
          try await timeout(limit) {
            seen.note("began")
            try await sleep(1)
            seen.note("never")
          }
        }
        #expect(seen.events == ["began"])
      }
    }
  }

  @Test func `case 106: no limit is none`() throws {
    try inRunner { loop in
      let value = try await timeout(nil) {
        try await sleep(100_000)
        return 106
      }
      #expect(value == 106)
    }
  }

  @Test func `case 106: outside of a task a timeout is refused`() async throws {
    let error = await #expect(throws: RunnerError.self) { try await timeout(.seconds(1)) {} }
    #expect(
      error?.message
        == "Timeout should be used inside a task: no task of a runner makes this call.")
  }

  @Test func `case 107: cancelling the caller cancels the body, and that is no timeout`() throws {
    try inRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        try await timeout(.seconds(60)) {
          do { try await sleep(3600) } catch {
            seen.note("body")
            throw error
          }
        }
      }
      try await sleep(1)
      task.cancel(message: "parent")
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["body"])
      #expect(task.isCancelled)
      #expect(task.cancellationRequests == 1)
    }
  }

  @Test func `case 107: the timeout waits for a body that takes its time to end`() throws {
    try inRunner { loop in
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(1)) {
          do { try await sleep(10) } catch {
            try await sleep(5)
            throw error
          }
        }
      }
      #expect(loop.now == LoopInstant(nanoseconds: 6_000_000_000))
    }
  }

  @Test func `inside, the current task is the caller`() throws {
    try inRunner { loop in
      let caller = AnyRunnerTask.current
      try await timeout(.seconds(1)) {
        #expect(AnyRunnerTask.current === caller)
        try await timeout(.seconds(1)) { #expect(AnyRunnerTask.current === caller) }
        try await sleep(0)
        #expect(AnyRunnerTask.current === caller)
      }
      #expect(loop.tasks.count == 1)
    }
  }

  @Test func `a request made before the timeout begins reaches its body`() throws {
    try inRunner { loop in
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        try await timeout(.seconds(60)) { try await sleep(3600) }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(loop.now == LoopInstant(nanoseconds: 0))
    }
  }

  @Test func `children of a task can be timed out too`() throws {
    try inRunner { loop in
      let seen = Recorder<String>()
      async let first: Void = timeout(.seconds(1)) { try await sleep(10) }
      async let second: Void = timeout(.seconds(2)) { try await sleep(10) }
      do { try await first } catch is RunnerTimeoutError { seen.note("first") }
      do { try await second } catch is RunnerTimeoutError { seen.note("second") }
      #expect(seen.events == ["first", "second"])
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }
}
