import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct TaskGroupTests {
  struct Failure: Error, Equatable {
    var number = 0
  }
  struct OtherFailure: Error {}

  private func inRunner(
    takingBack: Bool = true, eager: Bool = false,
    _ body: sending @escaping (EventLoop) async throws -> Void
  ) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.takesFlagsBack = takingBack
    if eager { loop.taskFactory = EagerTaskFactory() }
    try runner.run { try await body(loop) }
    try runner.close()
  }

  // MARK: The ordinary course

  @Test func `a group returns the body's value when all children have ended`() throws {
    try inRunner { loop in
      let kept = Recorder<RunnerTask<Int>>()
      let value = try await withRunnerTaskGroup { group in
        kept.note(
          try group.makeTask {
            try await sleep(1)
            return 42
          })
        try await sleep(1.5)
        kept.note(
          try group.makeTask {
            try await sleep(2)
            return 11
          })
        return "body"
      }
      #expect(value == "body")
      let values = try kept.events.map { try $0.outcome() }
      #expect(values == [42, 11])
      #expect(loop.now == LoopInstant(nanoseconds: 3_500_000_000))
    }
  }

  @Test func `a group without children returns without giving way`() throws {
    try inRunner { loop in
      let start = loop.iterations
      let value = try await withRunnerTaskGroup { _ in 7 }
      #expect(value == 7)
      #expect(loop.iterations == start)
    }
  }

  @Test func `a child has the name and the context that it was given`() throws {
    try inRunner { _ in
      let variable = ContextVariable("name", default: "none")
      let context = SharedRunnerContext()
      try await withRunnerTaskGroup { group in
        let first = try group.makeTask(named: "yolo", context: context) {
          try await sleep(0)
          variable.set("first")
          return AnyRunnerTask.current?.name
        }
        #expect(try await first.value == "yolo")
        let second = try group.makeTask(context: context) { variable.value }
        #expect(try await second.value == "first")
        let third = try group.makeTask { variable.value }
        #expect(try await third.value == "none")
      }
    }
  }

  @Test func `a child that is cancelled by itself disturbs nobody`() throws {
    try inRunner { loop in
      let value = try await withRunnerTaskGroup { group in
        let cancelled = try group.makeTask { try await sleep(10) }
        try await sleep(1)
        cancelled.cancel()
        let other = try group.makeTask {
          try await sleep(1)
          return 11
        }
        let number = try await other.value
        #expect(cancelled.isCancelled)
        return number
      }
      #expect(value == 11)
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }

  @Test func `case 103: children add children while the group waits`() throws {
    try inRunner { loop in
      let seen = Recorder<Int>()
      @Sendable func grow(_ group: RunnerTaskGroup, _ depth: Int) async throws {
        try await sleep(1)
        if depth < 5 { try group.makeTask { try await grow(group, depth + 1) } }
        seen.note(depth)
      }
      try await withRunnerTaskGroup { group in
        try group.makeTask { try await grow(group, 1) }
      }
      #expect(seen.events == [1, 2, 3, 4, 5])
      #expect(loop.now == LoopInstant(nanoseconds: 5_000_000_000))
    }
  }

  @Test func `case 103: a child may add children for ever, until another one fails`() throws {
    try inRunner { loop in
      let born = Recorder<Int>()
      @Sendable func hydra(_ group: RunnerTaskGroup) async throws {
        try await sleep(1)
        born.note(1)
        try group.makeTask { try await hydra(group) }
        try group.makeTask { try await sleep(100) }
      }
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask { try await hydra(group) }
          try group.makeTask {
            while born.events.count < 10 { try await sleep(10) }
            throw Failure()
          }
        }
      }
      #expect(error?.errors.map { $0 is Failure } == [true])
      #expect(loop.tasks.count == 1)
    }
  }

  // MARK: Failures

  @Test(arguments: [true, false])
  func `case 98: a child that fails cancels its siblings and the body`(takingBack: Bool) throws {
    try inRunner(takingBack: takingBack) { loop in
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
    try inRunner(takingBack: takingBack) { loop in
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
    try inRunner { loop in
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
    try inRunner { _ in
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
    try inRunner { loop in
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
    try inRunner { _ in
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
    try inRunner(eager: true) { _ in
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
    try inRunner(eager: eager) { _ in
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

  // MARK: Nested groups

  @Test func `an outer child's failure cancels the inner group, which is no error`() throws {
    try inRunner { _ in
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { outer in
          try outer.makeTask {
            try await sleep(1)
            throw Failure()
          }
          try await withRunnerTaskGroup { inner in
            try inner.makeTask { try await sleep(100) }
          }
        }
      }
      #expect(error?.errors.count == 1 && error?.errors.first is Failure)
    }
  }

  @Test func `an inner group's error is one error of the outer group`() throws {
    try inRunner { _ in
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { outer in
          try outer.makeTask { try await sleep(100) }
          try await withRunnerTaskGroup { inner in
            try inner.makeTask {
              try await sleep(1)
              throw Failure()
            }
          }
        }
      }
      let inner = error?.errors.first as? RunnerTaskGroupError
      #expect(inner?.errors.first is Failure)
      #expect(
        error?.description
          == "unhandled errors in a TaskGroup (1 sub-error): "
          + "unhandled errors in a TaskGroup (1 sub-error)")
    }
  }

  @Test func `when both groups fail at once, the outer one's request is kept for its body`() throws
  {
    try inRunner { _ in
      let seen = Recorder<String>()
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { outer in
          do {
            try await withRunnerTaskGroup { inner in
              try inner.makeTask {
                try await sleep(0)
                throw Failure(number: 1)
              }
              try outer.makeTask {
                try await sleep(0)
                throw Failure(number: 2)
              }
            }
          } catch let error as RunnerTaskGroupError {
            seen.note("inner \(error.errors.count)")
          }
          try await sleep(0)
          seen.note("never")
        }
      }
      #expect(seen.events == ["inner 1"])
      #expect(error?.errors.map { ($0 as? Failure)?.number } == [2])
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      try await sleep(0)
    }
  }

  // MARK: Cancellation of the parent

  @Test(arguments: [true, false])
  func `case 100: a cancelled parent throws when its children have ended`(takingBack: Bool) throws {
    try inRunner(takingBack: takingBack) { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { loop in
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
    try inRunner { _ in
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
    try inRunner { loop in
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

  // MARK: Misuse

  @Test func `case 102: a finished group takes no tasks`() throws {
    try inRunner { loop in
      let group = try await withRunnerTaskGroup { $0 }
      #expect("\(group)" == "<Task group finished>")
      let error = #expect(throws: RunnerError.self) {
        try group.makeTask { Issue.record("must not run") }
      }
      #expect(error?.code == .invalidState)
      #expect(
        error?.message
          == "The task group is finished: make the task in a group that is still open.")
      try await sleep(1)
      #expect(loop.tasks.count == 1)
    }
  }

  @Test func `case 102: a group that shuts down takes no tasks`() throws {
    try inRunner { loop in
      let messages = Recorder<String>()
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          try group.makeTask {
            try await sleep(1)
            throw Failure()
          }
          try group.makeTask {
            do { try await sleep(100) } catch {
              do { try group.makeTask { Issue.record("must not run") } } catch {
                messages.note("\(error)")
                messages.note("\(group)")
              }
            }
          }
          #expect("\(group)" == "<Task group tasks=2 entered>")
        }
      }
      #expect(error?.errors.count == 1)
      #expect(
        messages.events == [
          "The task group is shutting down: it takes no more tasks after a failure or a "
            + "cancellation.",
          "<Task group tasks=1 errors=1 cancelling>",
        ])
      #expect(loop.tasks.count == 1)
    }
  }

  @Test func `case 102: a group needs a task around it`() async throws {
    let error = await #expect(throws: RunnerError.self) { try await withRunnerTaskGroup { _ in } }
    #expect(
      error?.message
        == "A task group cannot determine the parent task: no task of a runner makes this call.")
  }

  @Test func `case 102: a thread that does not run the loop cannot add tasks`() throws {
    try inRunner { loop in
      try await withRunnerTaskGroup { group in
        let errors = Recorder<String>()
        startThread {
          do { try group.makeTask {} } catch { errors.note("\(error)") }
        }.join()
        #expect(
          errors.events == [
            "No running event loop: RunnerTaskGroup.makeTask must be called by a task of the loop "
              + "'\(loop.name)'."
          ])
      }
    }
  }

  // MARK: Time and looks

  @Test func `case 69: a group is left in the second iteration after the last child's end`() throws
  {
    try inRunner { loop in
      let ended = Recorder<UInt64>()
      try await withRunnerTaskGroup { group in
        try group.makeTask {
          try await sleep(1)
          ended.note(loop.iterations)
        }
      }
      #expect(loop.iterations == ended.events[0] + 2)
    }
  }

  @Test func `case 134: a child is awaited by the owner of its group, in the body and after it`()
    throws
  {
    try inRunner { loop in
      let children = Recorder<AnyRunnerTask>()
      let owner = try loop.makeTask(named: "owner") {
        try await withRunnerTaskGroup { outer in
          children.note(try outer.makeTask { try await sleep(10) })
          try await withRunnerTaskGroup { inner in
            children.note(try inner.makeTask { try await sleep(3) })
            try await sleep(2)
          }
        }
      }
      try await sleep(1)
      for child in children.events {
        let graph = captureCallGraph(of: child)
        #expect(graph.awaitedBy.map(\.subject) == [.task(owner.id, name: "owner")])
        #expect(graph.awaitedBy.first?.frames == owner.stack)
      }
      #expect(
        TaskPicture(of: loop).snapshot(of: owner, awaitedBy: []).wait?.subject.words == "a timer")
      try await sleep(1.5)
      let picture = TaskPicture(of: loop).snapshot(of: owner, awaitedBy: [])
      #expect(picture.wait?.subject == .tasks([children.events[1].id]))
      #expect(picture.wait?.site?.fileID.hasSuffix("TaskGroupTests.swift") == true)
      try await sleep(1)
      #expect(
        TaskPicture(of: loop).snapshot(of: owner, awaitedBy: []).wait?.subject
          == .tasks([children.events[0].id]))
      #expect(captureCallGraph(of: children.events[1]).awaitedBy.isEmpty)
      try await owner.value
      #expect(captureCallGraph(of: children.events[0]).awaitedBy.isEmpty)
      #expect(owner.awaited == nil)
    }
  }

  // MARK: The error

  @Test func `a group's error is printed within bounds`() throws {
    let long = String(repeating: "x", count: 10_000)
    struct Long: Error, CustomStringConvertible { var description: String }
    let many = RunnerTaskGroupError((1...40).map { _ in Long(description: long) })
    #expect(
      many.description.hasPrefix("unhandled errors in a TaskGroup (40 sub-errors): Long: xxx"))
    #expect(many.description.hasSuffix("…, …"))
    #expect(many.description.count < 1000)
    #expect(many.text.split(separator: "\n").count == 17)
    #expect(many.text.hasSuffix("\n  … and 25 more"))
    var deep = RunnerTaskGroupError([Failure()])
    for _ in 1...50 { deep = RunnerTaskGroupError([deep, Failure()]) }
    #expect(deep.text.split(separator: "\n").count < 40)
    #expect(
      RunnerTaskGroupError([Failure(), RunnerTaskGroupError([OtherFailure()])]).text == """
        unhandled errors in a TaskGroup (2 sub-errors)
          Failure: Failure(number: 0)
          unhandled errors in a TaskGroup (1 sub-error)
            OtherFailure: OtherFailure()
        """)
  }
}
