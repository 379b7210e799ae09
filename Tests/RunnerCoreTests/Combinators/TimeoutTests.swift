import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
  struct Failure: Error {}

  @Test func `case 104: past the limit the body is cancelled and the timeout throws`() throws {
    try inVirtualRunner { loop in
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
    try inVirtualRunner { _ in
      let value = try await timeout(.zero) { 1 }
      #expect(value == 1)
    }
  }

  @Test func `case 104: a body that swallows the cancellation has its value returned`() throws {
    try inVirtualRunner { _ in
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
    try inVirtualRunner { _ in
      await #expect(throws: Failure.self) {
        try await timeout(.seconds(1)) { do { try await sleep(10) } catch { throw Failure() } }
      }
    }
  }

  @Test func `case 105: two equal limits, one error, and it is the outer one's`() throws {
    try inVirtualRunner { _ in
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
    try inVirtualRunner { loop in
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
    try inVirtualRunner { _ in
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
    try inVirtualRunner { loop in
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

  @Test
  func `case 104: the handle says whether the limit has passed, whatever the body made of it`()
    throws
  {
    try inVirtualRunner { loop in
      let handles = Recorder<RunnerTimeout>()
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(1)) { limit in
          handles.note(limit)
          try await sleep(10)
        }
      }
      let swallowed = try await timeout(.seconds(1)) { limit in
        handles.note(limit)
        #expect(!limit.hasExpired)
        try? await sleep(10)
        #expect(limit.hasExpired)
        return 1
      }
      #expect(swallowed == 1)
      await #expect(throws: Failure.self) {
        try await timeout(.seconds(1)) { limit in
          handles.note(limit)
          throw Failure()
        }
      }
      let inTime = try await timeout(.seconds(10)) { limit in
        handles.note(limit)
        try await sleep(1)
        return 2
      }
      #expect(inTime == 2)
      #expect(handles.events.map(\.hasExpired) == [true, true, false, false])
      #expect(handles.events[0].deadline == LoopInstant(nanoseconds: 1_000_000_000))
      #expect(handles.events[3].deadline == LoopInstant(nanoseconds: 12_000_000_000))
    }
  }

  @Test func `case 104: a request of the body to its own task is no timeout`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        try await timeout(.seconds(10)) { limit in
          AnyRunnerTask.current?.cancel()
          defer { #expect(!limit.hasExpired) }
          try await sleep(10)
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(loop.now == LoopInstant(nanoseconds: 0))
    }
  }

  @Test func `case 104: a task that was cancelled before can be timed out in its cleanup`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        do { try await sleep(100) } catch {
          do {
            try await timeout(.zero) { try await sleep(1) }
          } catch is RunnerTimeoutError { seen.note("timeout") }
          do {
            try await timeout(.seconds(1)) {
              AnyRunnerTask.current?.cancel()
              try await sleep(2)
            }
          } catch is CancellationError { seen.note("cancelled") }
        }
      }
      try await sleep(1)
      task.cancel()
      try await task.value
      #expect(seen.events == ["timeout", "cancelled"])
      #expect(task.cancellationRequests == 2)
    }
  }

  @Test func `case 104: a limit in the cleanup of an expired one is a limit of its own`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(1)) {
          do { try await sleep(10) } catch {
            do {
              try await timeout(.seconds(2)) { try await sleep(10) }
            } catch is RunnerTimeoutError { seen.note("inner") }
            throw error
          }
        }
      }
      #expect(seen.events == ["inner"])
      #expect(loop.now == LoopInstant(nanoseconds: 3_000_000_000))
    }
  }

  @Test func `case 105: an outer limit that has passed while the loop was busy is the outer one's`()
    throws
  {
    let clock = VirtualClock()
    try Runner.virtual(clock: clock).run {
      let seen = Recorder<String>()
      await #expect(throws: RunnerTimeoutError(limit: .seconds(2))) {
        try await timeout(.seconds(2)) {
          do {
            try await timeout(.seconds(1)) {
              clock.advance(by: .seconds(3))
              try await sleep(1)
            }
          } catch {
            seen.note("\(type(of: error))")
            throw error
          }
        }
      }
      #expect(seen.events == ["CancellationError"])
    }
  }

  @Test func `case 105: of two equal limits both have expired`() throws {
    try inVirtualRunner { loop in
      let handles = Recorder<RunnerTimeout>()
      let deadline = loop.now.advanced(by: .seconds(1))
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(at: deadline) { outer in
          handles.note(outer)
          do {
            try await timeout(at: deadline) { inner in
              handles.note(inner)
              try await sleep(10)
            }
          } catch {
            #expect(error is CancellationError)
            throw error
          }
        }
      }
      #expect(handles.events.map(\.hasExpired) == [true, true])
    }
  }

  @Test func `case 106: a deadline is a moment of the loop's clock, or none, or has passed`() throws
  {
    try inVirtualRunner { loop in
      let deadline = loop.now.advanced(by: .seconds(2))
      await #expect(throws: RunnerTimeoutError(limit: .seconds(2))) {
        try await timeout(at: deadline) { try await sleep(10) }
      }
      #expect(loop.now == deadline)
      await #expect(throws: RunnerTimeoutError(limit: .seconds(-1))) {
        try await timeout(at: LoopInstant(nanoseconds: 1_000_000_000)) { try await sleep(10) }
      }
      #expect(loop.now == deadline)
      #expect(
        "\(RunnerTimeoutError(limit: .seconds(-1)))"
          == "The operation took longer than 0.0 seconds."
      )
      try await timeout(at: nil) { try await sleep(100) }
      let none = try await timeout(at: nil) { limit in
        try await sleep(100)
        return limit.deadline == nil && !limit.hasExpired
      }
      #expect(none)
    }
  }

  @Test func `case 104: the error tells the limit that was given, whatever the clock shows`() throws
  {
    // A clock that goes on, so that two looks at it differ.
    try withRunner { runner in
      try runner.run {
        let error = await #expect(throws: RunnerTimeoutError.self) {
          try await timeout(.milliseconds(50)) { try await sleep(10) }
        }
        #expect(error?.limit == .milliseconds(50))
        #expect(error.map { "\($0)" } == "The operation took longer than 0.05 seconds.")
        await #expect(throws: RunnerTimeoutError(limit: .zero)) {
          try await timeout(.zero) { try await sleep(10) }
        }
        await #expect(throws: RunnerTimeoutError(limit: .milliseconds(3))) {
          try await timeout(.milliseconds(3)) { limit in
            #expect(limit.deadline != nil)
            try await sleep(10)
          }
        }
        await #expect(throws: RunnerTimeoutError(limit: .milliseconds(2))) {
          try await waitFor(.milliseconds(2)) { try await sleep(10) }
        }
      }
    }
  }

  @Test func `case 106: a limit of zero comes before a sleep of zero ends`() throws {
    try inVirtualRunner { _ in
      for limit in [Duration.zero, .seconds(-11)] {
        await #expect(throws: RunnerTimeoutError.self) {
          try await timeout(limit) { try await sleep(0) }
        }
      }
    }
  }

  @Test func `case 106: a limit can be moved, by others too, and snapshots show it`() throws {
    try inVirtualRunner { loop in
      let handle = loop.makeFuture(of: RunnerTimeout.self)
      let task = try loop.makeTask {
        try await timeout(.seconds(10)) { limit in
          try handle.resolve(limit)
          try await sleep(1000)
        }
      }
      let limit = try await handle.value
      func remaining() -> Duration? {
        TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait?.timeoutRemaining
      }
      #expect(remaining() == .seconds(10))
      try limit.reschedule(at: limit.deadline?.advanced(by: .seconds(20)))
      #expect(remaining() == .seconds(30))
      try await sleep(20)
      #expect(!task.isDone)
      try limit.reschedule(at: nil)
      #expect(limit.deadline == nil && remaining() == nil)
      try await sleep(20)
      #expect(!task.isDone)
      try limit.reschedule(at: loop.now.advanced(by: .seconds(2)))
      await #expect(throws: RunnerTimeoutError(limit: .seconds(42))) { try await task.value }
      #expect(loop.now == LoopInstant(nanoseconds: 42_000_000_000))
    }
  }

  @Test func `case 106: moving the limit into the past cancels the body at its next await`() throws
  {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(nil) { limit in
          try limit.reschedule(at: loop.now)
          seen.note("goes on")
          try await sleep(0)
          seen.note("never")
        }
      }
      #expect(seen.events == ["goes on"])
    }
  }

  @Test func `case 106: a limit that is over cannot be moved`() throws {
    try inVirtualRunner { loop in
      let handles = Recorder<RunnerTimeout>()
      func refusal(_ limit: RunnerTimeout) -> String? {
        do { try limit.reschedule(at: nil) } catch { return "\(error)" }
        return nil
      }
      _ = try? await timeout(.seconds(1)) { limit in
        handles.note(limit)
        #expect("\(limit)" == "<Timeout active, deadline 1.0 seconds>")
        do { try await sleep(10) } catch {
          #expect(
            refusal(limit)
              == "Cannot change the state of a timeout that is expiring; only an active one can be"
              + " moved.")
          throw error
        }
      }
      try await timeout(nil) { limit in
        handles.note(limit)
        #expect("\(limit)" == "<Timeout active, deadline never>")
      }
      #expect(
        handles.events.map(refusal) == [
          "Cannot change the state of a timeout that is expired; only an active one can be moved.",
          "Cannot change the state of a timeout that is finished; only an active one can be moved.",
        ])
      #expect(handles.events.map { "\($0)" } == ["<Timeout expired>", "<Timeout finished>"])
    }
  }

  @Test func `case 107: cancelling the caller cancels the body, and that is no timeout`() throws {
    try inVirtualRunner { loop in
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
    try inVirtualRunner { loop in
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
    try inVirtualRunner { loop in
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
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        try await timeout(.seconds(60)) { try await sleep(3600) }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(loop.now == LoopInstant(nanoseconds: 0))
    }
  }

  @Test func `children of a task can be timed out too`() throws {
    try inVirtualRunner { loop in
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
