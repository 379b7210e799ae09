import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct WaitTests {
  struct Failure: Error {}

  private func nap(_ seconds: Double, on loop: EventLoop) throws -> RunnerTask<Double> {
    try loop.makeTask(named: "\(seconds)") {
      try await sleep(seconds)
      return seconds
    }
  }

  private func names(_ tasks: [AnyRunnerTask]) -> [String] { tasks.map(\.name) }

  @Test func `case 111: all completed, in the order of the arguments, duplicates once`() throws {
    try inVirtualRunner { loop in
      let (slow, fast) = (try nap(2, on: loop), try nap(1, on: loop))
      let (done, pending) = try await wait(for: [slow, fast, slow])
      let values = try done.map { try $0.outcome() }
      #expect(values == [2, 1])
      #expect(pending.isEmpty)
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    }
  }

  @Test func `case 111: the first completed one ends the wait, and the others go on`() throws {
    try inVirtualRunner { loop in
      let tasks = try [3, 1, 2].map { try nap($0, on: loop) }
      let (done, pending) = try await wait(for: tasks, until: .firstCompleted)
      #expect(names(done) == ["1.0"] && names(pending) == ["3.0", "2.0"])
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
      #expect(try await gather(pending) == [3, 2])
      // What is done already counts.
      let again = try await wait(for: tasks, until: .firstCompleted)
      #expect(again.pending.isEmpty)
    }
  }

  @Test func `case 111: the first error ends the wait, and a cancelled task is none`() throws {
    try inVirtualRunner { loop in
      let cancelled = try loop.makeTask(named: "cancelled") { try await sleep(100) }
      let failing = try loop.makeTask(named: "failing") {
        try await sleep(2)
        throw Failure()
      }
      let slow = try loop.makeTask(named: "slow") { try await sleep(3) }
      try loop.schedule(after: .seconds(1)) { cancelled.cancel() }
      let (done, pending) = try await wait(for: [slow, failing, cancelled], until: .firstError)
      #expect(names(done) == ["failing", "cancelled"] && names(pending) == ["slow"])
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
      // It throws no error of a task.
      let all = try await wait(for: [slow, failing], until: .allCompleted)
      #expect(names(all.done) == ["slow", "failing"])
      let error = try failing.error()
      #expect(error is Failure)
    }
  }

  @Test func `case 111: without an error, the first error is the end of all`() throws {
    try inVirtualRunner { loop in
      let tasks = try [3, 1].map { try nap($0, on: loop) }
      let (done, _) = try await wait(for: tasks, until: .firstError)
      #expect(names(done) == ["3.0", "1.0"])
    }
  }

  @Test(arguments: WaitCondition.allCases)
  func `case 111: past the timeout it returns both and cancels nobody`(condition: WaitCondition)
    throws
  {
    try inVirtualRunner { loop in
      let tasks = try [3, 4].map { try nap($0, on: loop) }
      let (done, pending) = try await wait(for: tasks, until: condition, timeout: .seconds(2))
      #expect(done.isEmpty && names(pending) == ["3.0", "4.0"])
      #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
      #expect(pending.allSatisfy { $0.cancellationRequests == 0 })
      let (later, rest) = try await wait(for: tasks, timeout: .milliseconds(1500))
      #expect(names(later) == ["3.0"] && names(rest) == ["4.0"])
      let last = try await wait(for: tasks, timeout: .zero)
      #expect(last.pending.count == 1)
    }
  }

  @Test func `case 111: a wait that ends in time leaves no timer behind`() throws {
    try inVirtualRunner { loop in
      _ = try await wait(for: [try nap(1, on: loop)], timeout: .seconds(1000))
      #expect(loop.timers.nextDeadline() == nil)
    }
  }

  @Test func `case 111: cancelling the waiting task leaves the others alone`() throws {
    try inVirtualRunner { loop in
      let tasks = try [3, 4].map { try nap($0, on: loop) }
      let waiting = try loop.makeTask { _ = try await wait(for: tasks) }
      try await sleep(1)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(tasks.allSatisfy { $0.cancellationRequests == 0 && !$0.isDone })
      #expect(try await gather(tasks) == [3, 4])
    }
  }

  @Test func `case 111: an empty set is refused, and so are tasks of another loop`() throws {
    let other = EventLoop()
    let stranger = try other.makeTask(named: "stranger") { 1 }
    try inVirtualRunner { _ in
      let empty = await #expect(throws: RunnerError.self) {
        try await wait(for: [RunnerTask<Int>]())
      }
      #expect(empty?.code == .invalidArgument)
      #expect(
        empty?.message == "Set of tasks is empty: wait needs at least one to wait for.")
      let foreign = await #expect(throws: RunnerError.self) { try await wait(for: [stranger]) }
      #expect(foreign?.code == .foreignLoop)
    }
    #expect(try other.runUntilComplete(stranger) == 1)
    try other.close()
  }

  @Test func `tasks of several types are waited for together`() throws {
    try inVirtualRunner { loop in
      let tasks: [AnyRunnerTask] = [
        try loop.makeTask { 1 }, try loop.makeTask { "text" },
      ]
      let (done, _) = try await wait(for: tasks)
      #expect(done.count == 2)
    }
  }

  @Test func `an error that wait has returned and nobody has read is still unread`() throws {
    let runner = Runner.virtual()
    try runner.run {
      let loop = try #require(EventLoop.running)
      let task = try loop.makeTask { throw Failure() }
      _ = try await wait(for: [task], until: .firstError)
      #expect(runner.snapshot().unreadErrors == 1)
      _ = try task.error()
    }
    try runner.close()
  }

  @Test func `case 69: wait and asCompleted resume in the second iteration after the end`() throws {
    try inVirtualRunner { loop in
      func make() throws -> RunnerTask<UInt64> {
        try loop.makeTask {
          try await sleep(1)
          return loop.iterations
        }
      }
      for condition in WaitCondition.allCases {
        let task = try make()
        _ = try await wait(for: [task], until: condition)
        let ended = try task.outcome()
        #expect(loop.iterations == ended + 2)
      }
      for try await task in try asCompleted([try make()]) {
        let ended = try task.outcome()
        #expect(loop.iterations == ended + 2)
      }
    }
  }

  @Test func `case 134: tasks in a wait or in asCompleted are awaited by the one that waits`()
    throws
  {
    try inVirtualRunner { loop in
      let tasks = try [2, 4].map { try nap($0, on: loop) }
      let waiting = try loop.makeTask(named: "waiting") { _ = try await wait(for: tasks) }
      let iterating = try loop.makeTask(named: "iterating") {
        for try await _ in try asCompleted(tasks) {}
      }
      try await sleep(1)
      for task in tasks {
        #expect(
          captureCallGraph(of: task).awaitedBy.map(\.subject) == [
            .task(waiting.id, name: "waiting"), .task(iterating.id, name: "iterating"),
          ])
      }
      try await sleep(2)
      for (task, subject) in [
        (waiting, .tasks([tasks[1].id])), (iterating, .anyTask([tasks[1].id])),
      ] as [(RunnerTask<Void>, WaitSnapshot.Subject)] {
        let snapshot = TaskPicture(of: loop).snapshot(of: task, awaitedBy: [])
        #expect(snapshot.wait?.subject == subject)
        #expect(snapshot.wait?.site?.fileID.hasSuffix("WaitTests.swift") == true)
      }
      _ = try await gather([waiting, iterating])
    }
  }
}
