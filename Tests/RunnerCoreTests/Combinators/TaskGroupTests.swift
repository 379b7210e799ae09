import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct TaskGroupTests {
  private typealias Failure = TaskGroupFixture.Failure
  private typealias OtherFailure = TaskGroupFixture.OtherFailure

  // MARK: The ordinary course

  @Test func `a group returns the body's value when all children have ended`() throws {
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
      let start = loop.iterations
      let value = try await withRunnerTaskGroup { _ in 7 }
      #expect(value == 7)
      #expect(loop.iterations == start)
    }
  }

  @Test func `a child has the name and the context that it was given`() throws {
    try TaskGroupFixture.inRunner { _ in
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
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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

  // MARK: Nested groups

  @Test func `an outer child's failure cancels the inner group, which is no error`() throws {
    try TaskGroupFixture.inRunner { _ in
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
    try TaskGroupFixture.inRunner { _ in
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
    try TaskGroupFixture.inRunner { _ in
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

  // MARK: Misuse

  @Test func `case 102: a finished group takes no tasks`() throws {
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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
    try TaskGroupFixture.inRunner { loop in
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
