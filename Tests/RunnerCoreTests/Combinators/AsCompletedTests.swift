import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct AsCompletedTests {
  struct Failure: Error {}

  private func naps(_ seconds: [Double], on loop: EventLoop) throws -> [RunnerTask<Double>] {
    try seconds.map { seconds in
      try loop.makeTask {
        try await sleep(seconds)
        return seconds
      }
    }
  }

  /// The value of the next task, or `nil` at the end.
  private func next(_ tasks: CompletedTasks<RunnerTask<Double>>) async throws -> Double? {
    try await tasks.next()?.outcome()
  }

  @Test func `case 112: the tasks come in the order of their ends, each once`() throws {
    try inVirtualRunner { loop in
      let tasks = try naps([3, 1, 2], on: loop)
      var values: [Double] = []
      var times: [Int64] = []
      for try await task in try asCompleted(tasks + [tasks[0]]) {
        values.append(try task.outcome())
        times.append(loop.now.nanoseconds / 1_000_000_000)
        #expect(tasks.contains { $0 === task })
      }
      #expect(values == [1, 2, 3] && times == [1, 2, 3])
    }
  }

  @Test func `case 112: a slow consumer gets them in the same order`() throws {
    try inVirtualRunner { loop in
      let tasks = try naps([3, 1, 2], on: loop)
      var values: [Double] = []
      for try await task in try asCompleted(tasks) {
        values.append(try task.outcome())
        try await sleep(10)
      }
      #expect(values == [1, 2, 3])
    }
  }

  @Test func `case 112: the error of a task is its own, and the others follow`() throws {
    try inVirtualRunner { loop in
      let failing = try loop.makeTask { () -> Double in throw Failure() }
      let tasks = [failing] + (try naps([1], on: loop))
      let completed = try asCompleted(tasks)
      await #expect(throws: Failure.self) { try await next(completed) }
      #expect(try await next(completed) == 1)
      #expect(try await next(completed) == nil)
    }
  }

  @Test func `case 112: the timeout is thrown by the item that is awaited, once for each`() throws {
    try inVirtualRunner { loop in
      let tasks = try naps([1, 5, 6], on: loop)
      let completed = try asCompleted(tasks, timeout: .seconds(2))
      #expect(try await next(completed) == 1)
      for _ in 1...2 {
        let error = await #expect(throws: RunnerTimeoutError.self) { try await completed.next() }
        #expect(error?.limit == .seconds(2))
        #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
      }
      #expect(try await next(completed) == nil)
      #expect(tasks[1].cancellationRequests == 0)
      #expect(try await tasks[1].value == 5)
    }
  }

  @Test func `case 112: what has ended in time comes before the timeout's error`() throws {
    try inVirtualRunner { loop in
      let completed = try asCompleted(try naps([1, 5], on: loop), timeout: .seconds(2))
      try await sleep(3)
      #expect(try await next(completed) == 1)
      await #expect(throws: RunnerTimeoutError.self) { try await completed.next() }
    }
  }

  @Test func `case 112: nothing is the end at once`() throws {
    try inVirtualRunner { _ in
      for try await _ in try asCompleted([RunnerTask<Int>](), timeout: .seconds(1)) {
        Issue.record("there is none")
      }
    }
  }

  @Test func `cancelling the one that waits leaves the tasks alone`() throws {
    try inVirtualRunner { loop in
      let tasks = try naps([5], on: loop)
      let waiting = try loop.makeTask {
        for try await _ in try asCompleted(tasks) { Issue.record("must not come") }
      }
      try await sleep(1)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(try await tasks[0].value == 5)
    }
  }

  @Test func `two tasks that share a sequence get each item once`() throws {
    try inVirtualRunner { loop in
      let completed = try asCompleted(try naps([1, 2, 3, 4], on: loop))
      let consumers = try (1...2).map { _ in
        try loop.makeTask {
          var values: [Double] = []
          for try await task in completed { values.append(try task.outcome()) }
          return values
        }
      }
      let values = try await gather(consumers)
      #expect(values.joined().sorted() == [1, 2, 3, 4])
    }
  }

  @Test func `a sequence that is dropped ceases to watch`() throws {
    try inVirtualRunner { loop in
      let tasks = try naps([1, 5], on: loop)
      for try await _ in try asCompleted(tasks, timeout: .seconds(1000)) { break }
      _ = try await tasks[1].value
      #expect(loop.timers.nextDeadline() == nil)
    }
  }

  @Test func `where no loop runs it is refused`() throws {
    let error = #expect(throws: RunnerError.self) { _ = try asCompleted([RunnerTask<Int>]()) }
    #expect(
      error?.message == "No running event loop: asCompleted must be called by a task of a runner.")
  }
}
