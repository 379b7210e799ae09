import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct TaskGroupCancellationTests {
  private typealias Failure = TaskGroupFixture.Failure
  private typealias OtherFailure = TaskGroupFixture.OtherFailure

  @Test(arguments: [true, false])
  func `case 100: a cancelled parent throws when its children have ended`(takingBack: Bool) throws {
    try TaskGroupFixture.inRunner(takingBack: takingBack) { loop in
      let seen = Recorder<Int>()
      let parent = try loop.makeTask {
        try await withRunnerTaskGroup { group in
          for number in 1...5 {
            try group.makeTask {
              do { try await sleep(100) } catch {
                try await sleep(Double(number))
                seen.note(number)
                throw error
              }
            }
          }
        }
      }
      try await sleep(1)
      parent.cancel(message: "test")
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events == [1, 2, 3, 4, 5])
      #expect(parent.isCancelled && parent.cancellationRequests == 1)
      #expect(parent.cancellationMessage == "test")
      #expect(loop.now == LoopInstant(nanoseconds: 6_000_000_000))
    }
  }

  @Test(arguments: [true, false])
  func `case 100: a parent that is cancelled in the body ends its children too`(nested: Bool) throws
  {
    try TaskGroupFixture.inRunner { loop in
      let seen = Recorder<String>()
      @Sendable func work() async throws {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            do { try await sleep(100) } catch {
              seen.note("child")
              throw error
            }
          }
          do { try await sleep(100) } catch {
            seen.note("body \(AnyRunnerTask.current?.cancellationRequests ?? -1)")
            throw error
          }
        }
      }
      let parent = try loop.makeTask {
        if nested {
          try await withRunnerTaskGroup { outer in
            try outer.makeTask { try await sleep(100) }
            try await work()
          }
        } else {
          try await work()
        }
      }
      try await sleep(1)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events.sorted() == ["body 1", "child"])
      #expect(parent.isCancelled)
    }
  }

  @Test func `case 100: further requests while the children clean up do not disturb them`() throws {
    try TaskGroupFixture.inRunner { loop in
      let seen = Recorder<String>()
      let parent = try loop.makeTask {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            do { try await sleep(100) } catch {
              try await sleep(10)
              seen.note("clean")
            }
          }
        }
      }
      try await sleep(1)
      for _ in 1...3 {
        parent.cancel()
        try await sleep(1)
      }
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events == ["clean"])
      #expect(parent.cancellationRequests == 3)
    }
  }

  @Test func `case 100: a request that comes when the last child has ended is not lost`() throws {
    try TaskGroupFixture.inRunner { loop in
      let gate = loop.makeFuture(of: Void.self)
      let parent = try loop.makeTask {
        try await withRunnerTaskGroup { group in
          try group.makeTask { try await gate.value }
        }
      }
      try await sleep(1)
      try gate.resolve(())
      // The child resumes in the next pass, the group hears of its end in the one after it.
      try await sleep(0)
      try await sleep(0)
      #expect(!parent.isDone)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
    }
  }

  @Test func `case 100: errors win over the parent's cancellation, and its next await throws`()
    throws
  {
    try TaskGroupFixture.inRunner { loop in
      let seen = Recorder<String>()
      let started = loop.makeFuture(of: Void.self)
      let parent = try loop.makeTask {
        do {
          try await withRunnerTaskGroup { group in
            try group.makeTask {
              try started.resolve(())
              do { try await sleep(0) } catch {}
              throw Failure()
            }
            try await sleep(100)
            seen.note("never")
          }
        } catch is RunnerTaskGroupError {
          seen.note("error \(AnyRunnerTask.current?.cancellationRequests ?? -1)")
        }
        try await sleep(100)
        seen.note("never")
      }
      try await started.value
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events == ["error 1"])
      #expect(parent.isCancelled && parent.cancellationRequests == 1)
      #expect(loop.now == LoopInstant(nanoseconds: 0))
    }
  }

  @Test func `case 100: a timeout between the group and the await keeps the parent's request`()
    throws
  {
    try TaskGroupFixture.inRunner { loop in
      let seen = Recorder<String>()
      let parent = try loop.makeTask {
        do {
          _ = try await timeout(.seconds(60)) {
            try await withRunnerTaskGroup { group in
              try group.makeTask {
                do { try await sleep(100) } catch { throw Failure() }
              }
            }
          }
        } catch is RunnerTaskGroupError { seen.note("error") }
        try await sleep(100)
        seen.note("never")
      }
      try await sleep(1)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events == ["error"])
    }
  }

  @Test func `a body that turns the parent's cancellation into an error has that in the group's`()
    throws
  {
    try TaskGroupFixture.inRunner { loop in
      let parent = try loop.makeTask {
        try await withRunnerTaskGroup { _ in
          do { try await sleep(100) } catch { throw OtherFailure() }
        }
      }
      try await sleep(1)
      parent.cancel()
      let error = await #expect(throws: RunnerTaskGroupError.self) { try await parent.value }
      #expect(error?.errors.count == 1 && error?.errors.first is OtherFailure)
    }
  }

  @Test(arguments: [false, true])
  func `a parent that takes its time to end hides a child's late failure no more than asyncio`(
    awaited: Bool
  ) throws {
    try TaskGroupFixture.inRunner { loop in
      @Sendable func work() async throws {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            try await sleep(3)
            throw Failure()
          }
          do { try await sleep(100) } catch {
            try await sleep(1)
            throw error
          }
        }
      }
      let parent = try loop.makeTask {
        if awaited { try await loop.makeTask { try await work() }.value } else { try await work() }
      }
      try await sleep(1)
      parent.cancel()
      // The child is cancelled when the body has ended, before it fails.
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }

  @Test func `a group that a timeout ends is a timeout, and its errors win over that`() throws {
    try TaskGroupFixture.inRunner { _ in
      await #expect(throws: RunnerTimeoutError.self) {
        _ = try await timeout(.seconds(1)) {
          try await withRunnerTaskGroup { group in
            try group.makeTask { try await sleep(100) }
          }
        }
      }
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        _ = try await timeout(.seconds(1)) {
          try await withRunnerTaskGroup { group in
            try group.makeTask { do { try await sleep(100) } catch { throw Failure() } }
            try await sleep(100)
          }
        }
      }
      #expect(error?.errors.count == 1)
      // The limit's request has gone with the timeout.
      try await sleep(1)
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
    }
  }

  @Test func `a group in an async let is cancelled with it`() throws {
    try TaskGroupFixture.inRunner { loop in
      let seen = Recorder<String>()
      @Sendable func work() async throws {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            do { try await sleep(100) } catch {
              seen.note("child")
              throw error
            }
          }
        }
      }
      func leave() async throws {
        async let part: Void = work()
        try await sleep(1)
        if seen.events.isEmpty { return }
        try await part
      }
      try await leave()
      #expect(seen.events == ["child"])
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
      @Sendable func fail() async throws {
        try await withRunnerTaskGroup { group in
          try group.makeTask { throw Failure() }
        }
      }
      async let failing: Void = fail()
      do {
        try await failing
        Issue.record("must throw")
      } catch is RunnerTaskGroupError {}
    }
  }
}
