import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct TaskGroupFailureTests {
  private typealias Failure = TaskGroupFixture.Failure

  // MARK: Failures

  @Test(arguments: [true, false])
  func `case 98: a child that fails cancels its siblings and the body`(takingBack: Bool) throws {
    try TaskGroupFixture.inRunner(takingBack: takingBack) { loop in
      let seen = Recorder<String>()
      let children = Recorder<AnyRunnerTask>()
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          children.note(
            try group.makeTask {
              try await sleep(1)
              throw Failure(number: 1)
            })
          children.note(
            try group.makeTask {
              do { try await sleep(100) } catch {
                seen.note("sibling")
                throw error
              }
            })
          do { try await sleep(100) } catch {
            seen.note("body")
            throw error
          }
        }
      }
      #expect(Set(seen.events) == ["sibling", "body"])
      #expect(error?.errors.count == 1)
      #expect(error?.errors.first as? Failure == Failure(number: 1))
      #expect(children.events.map(\.state) == [.failed, .cancelled])
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
      // Nothing of the group's own cancellation is left.
      try await sleep(1)
      #expect(!Task.isCancelled)
    }
  }

  @Test(arguments: [true, false])
  func `case 98: a body and a child that wait outside of the library are cancelled too`(
    takingBack: Bool
  ) throws {
    try TaskGroupFixture.inRunner(takingBack: takingBack) { loop in
      await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask { try await Task.sleep(for: .seconds(3600)) }
          try group.makeTask {
            try await sleep(0)
            throw Failure()
          }
          try await Task.sleep(for: .seconds(3600))
        }
      }
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      #expect(!Task.isCancelled)
      try await sleep(1)
      try await Task.sleep(for: .nanoseconds(1))
    }
  }

  @Test func `case 98: a child that fails while the group waits cancels its siblings`() throws {
    try TaskGroupFixture.inRunner { loop in
      let sibling = Recorder<AnyRunnerTask>()
      await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            try await sleep(1)
            throw Failure()
          }
          sibling.note(try group.makeTask { try await sleep(100) })
        }
      }
      #expect(sibling.events[0].isCancelled)
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
    }
  }

  @Test func `case 98: a body that swallows the group's cancellation returns into its error`()
    throws
  {
    try TaskGroupFixture.inRunner { _ in
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask { throw Failure() }
          try? await sleep(100)
          return "value"
        }
      }
      #expect(error?.errors.count == 1)
    }
  }

  @Test(arguments: [false, true])
  func `case 98: a failing body cancels its children`(suspends: Bool) throws {
    try TaskGroupFixture.inRunner { loop in
      let children = Recorder<AnyRunnerTask>()
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          children.note(try group.makeTask { try await sleep(100) })
          children.note(try group.makeTask { try await sleep(200) })
          if suspends { try await sleep(1) }
          throw Failure(number: 2)
        }
      }
      #expect(error?.errors.first as? Failure == Failure(number: 2))
      #expect(children.events.map(\.isCancelled) == [true, true])
      #expect(loop.now.nanoseconds == (suspends ? 1_000_000_000 : 0))
    }
  }

  @Test func `case 99: the children's errors come in the order of their ends, the body's last`()
    throws
  {
    try TaskGroupFixture.inRunner { _ in
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          for number in 1...3 {
            try group.makeTask {
              do { try await sleep(100) } catch {
                try await sleep(Double(10 - number))
                throw Failure(number: number)
              }
            }
          }
          try group.makeTask {
            do { try await sleep(100) } catch {
              try await sleep(1)
              throw error
            }
          }
          try group.makeTask {
            try await sleep(1)
            throw Failure(number: 4)
          }
          do { try await sleep(100) } catch { throw Failure(number: 5) }
        }
      }
      #expect(error?.errors.compactMap { ($0 as? Failure)?.number } == [4, 3, 2, 1, 5])
      #expect(error?.errors.count == 5)
    }
  }

  @Test func `the errors of children count as seen`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let reports = Recorder<String>()
    loop.exceptionHandler = { reports.note($0.message) }
    try runner.run {
      await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          for number in 1...3 { try group.makeTask { throw Failure(number: number) } }
        }
      }
      try await sleep(1)
    }
    #expect(runner.snapshot().unreadErrors == 0)
    try runner.close()
    #expect(reports.events == [])
  }

  @Test func `the error of an eager child does not come before the body's next await`() throws {
    try TaskGroupFixture.inRunner(eager: true) { _ in
      let seen = Recorder<String>()
      await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          let child = try group.makeTask { throw Failure() }
          #expect(child.isDone)
          seen.note("after")
          try group.makeTask { seen.note("second") }
          try await sleep(0)
          seen.note("never")
        }
      }
      #expect(seen.events == ["after", "second"])
    }
  }

  @Test(arguments: [false, true])
  func `a child that makes a failing one is cancelled by it`(eager: Bool) throws {
    try TaskGroupFixture.inRunner(eager: eager) { _ in
      let seen = Recorder<String>()
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            try group.makeTask { throw Failure() }
            do {
              try await sleep(0)
              try await sleep(0)
            } catch is CancellationError { seen.note("cancelled") }
          }
        }
      }
      #expect(seen.events == ["cancelled"])
      #expect(error?.errors.count == 1)
    }
  }

  // MARK: Interrupts

  @Test func `case 101: an interrupt that the body throws comes out itself`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    #expect(throws: RunnerInterrupted()) {
      try runner.run {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            do { try await sleep(100) } catch {
              seen.note("child")
              throw error
            }
          }
          try await sleep(1)
          throw RunnerInterrupted()
        }
      }
    }
    #expect(seen.events == ["child"])
    try runner.close()
  }

  @Test func `case 101: an interrupt that a child throws cancels the others and comes out itself`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Recorder<String>()
    // It leaves the run at once, as everywhere; the group goes on with the next one.
    let parent = try loop.makeTask {
      do {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            try await sleep(1)
            throw RunnerInterrupted()
          }
          try group.makeTask {
            do { try await sleep(100) } catch { throw Failure() }
          }
          try await sleep(100)
        }
      } catch let interrupt as RunnerInterrupted {
        seen.note("interrupt, context \(interrupt.context.map { "\($0)" } ?? "none")")
      }
    }
    #expect(throws: RunnerInterrupted()) { try runner.run { try await sleep(50) } }
    #expect(seen.events == [])
    try runner.run { try await parent.value }
    #expect(
      seen.events == [
        "interrupt, context unhandled errors in a TaskGroup (1 sub-error): "
          + "Failure: Failure(number: 0)"
      ])
    try runner.close()
  }
}
