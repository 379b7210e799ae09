@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerQueueJoinTests {
  static let orders: [RunnerQueue<Int>.Order] = [.firstInFirstOut, .lastInFirstOut, .priority]

  @Test(arguments: 0..<3) func `taskDone without an item is an error`(order: Int) throws {
    let queue = RunnerQueue<Int>(order: Self.orders[order])
    let error = try #require(throws: RunnerError.self) { try queue.taskDone() }
    #expect(error.code == .invalidState)
    #expect(
      error.message
        == "taskDone() of Queue \(queue.number) was called too many times; call it once for each"
        + " item.")
  }

  @Test(arguments: 0..<3) func `join waits until all items are done`(order: Int) throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(order: Self.orders[order])
      for item in 0..<100 { try queue.putNow(item) }
      let (sum, running) = (Shared(0), Shared(true))
      let workers = try (0..<2).map { _ in
        try loop.makeTask {
          while running.value {
            sum.value += try await queue.get()
            try queue.taskDone()
          }
        }
      }
      try await queue.join()
      #expect(sum.value == 4950)
      running.value = false
      for _ in workers { try queue.putNow(0) }
      for worker in workers { try await worker.value }
    }
  }

  @Test(arguments: 0..<3) func `join of an empty queue does not suspend`(order: Int) throws {
    try inVirtualRunner { _ in
      let queue = RunnerQueue<Int>(order: Self.orders[order])
      let steps = AnyRunnerTask.current?.steps
      try await queue.join()
      try await queue.join()
      #expect(AnyRunnerTask.current?.steps == steps)
    }
  }

  @Test func `those that join go on although an item is put before their turn`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>()
      try queue.putNow(1)
      let joining = try loop.makeTask { try await queue.join() }
      let cancelled = try loop.makeTask { try await queue.join() }
      try await sleep(0)
      cancelled.cancel()
      _ = try queue.getNow()
      try queue.taskDone()
      try queue.putNow(2)
      try await sleep(0)
      #expect(joining.isDone)
      #expect(cancelled.isCancelled)
    }
  }
}
