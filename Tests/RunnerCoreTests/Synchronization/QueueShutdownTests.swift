@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueueShutdownTests {
  static let orders: [RunnerQueue<String>.Order] = [.firstInFirstOut, .lastInFirstOut, .priority]

  /// Expects that all four ways to put and to get are refused.
  private func expectShutDown(_ queue: RunnerQueue<String>) async {
    var errors: [RunnerQueueError?] = []
    errors.append(await #expect(throws: RunnerQueueError.self) { try await queue.put("data") })
    errors.append(#expect(throws: RunnerQueueError.self) { try queue.putNow("data") })
    errors.append(await #expect(throws: RunnerQueueError.self) { _ = try await queue.get() })
    errors.append(#expect(throws: RunnerQueueError.self) { _ = try queue.getNow() })
    for error in errors {
      #expect(error?.reason == .shutDown)
      #expect(
        error?.message == "Queue \(queue.number) has been shut down; end the work on it.")
    }
  }

  @Test(arguments: 0..<3) func `getters of an empty queue are refused`(order: Int) throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue(order: Self.orders[order])
      let getter = try loop.makeTask { try await queue.get() }
      try await sleep(0)
      #expect(!queue.isShutDown)
      queue.shutdown()
      #expect(queue.isShutDown)
      #expect(queue.isEmpty)
      try await queue.join()
      try await sleep(0)
      #expect(getter.isDone)
      let error = await #expect(throws: RunnerQueueError.self) { try await getter.value }
      #expect(error?.reason == .shutDown)
      await expectShutDown(queue)
    }
  }

  @Test(arguments: 0..<3)
  func `putters are refused, and the items that are in it can be taken`(order: Int) throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue(order: Self.orders[order], maxSize: 1)
      try queue.putNow("data")
      let joiner = try loop.makeTask { try await queue.join() }
      let putter = try loop.makeTask { try await queue.put("data2") }
      try await sleep(0)
      #expect(!putter.isDone)
      queue.shutdown()
      #expect(queue.count == 1)
      try await sleep(0)
      #expect(putter.isDone)
      let error = await #expect(throws: RunnerQueueError.self) { try await putter.value }
      #expect(error?.reason == .shutDown)
      let item = try await queue.get()
      #expect(item == "data")
      try await sleep(0)
      #expect(!joiner.isDone)
      await expectShutDown(queue)
      try queue.taskDone()
      try await sleep(0)
      #expect(joiner.isDone)
      #expect(throws: RunnerError.self) { try queue.taskDone() }
    }
  }

  @Test(arguments: 0..<3)
  func `an immediate shutdown drops the items and counts them as done`(order: Int) throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue(order: Self.orders[order])
      try queue.putNow("data")
      let joiner = try loop.makeTask { try await queue.join() }
      try await sleep(0)
      queue.shutdown(immediate: true)
      #expect(queue.isEmpty)
      try await sleep(0)
      #expect(joiner.isDone)
      await expectShutDown(queue)
      #expect(throws: RunnerError.self) { try queue.taskDone() }
    }
  }

  @Test(arguments: 0..<3)
  func `an immediate shutdown still waits for the items that were taken`(order: Int) throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue(order: Self.orders[order])
      try queue.putNow("data")
      try queue.putNow("data")
      let joiner = try loop.makeTask { try await queue.join() }
      let item = try await queue.get()
      #expect(item == "data")
      try await sleep(0)
      queue.shutdown(immediate: true)
      #expect(queue.isEmpty)
      try await sleep(0)
      #expect(!joiner.isDone)
      await expectShutDown(queue)
      try queue.taskDone()
      #expect(throws: RunnerError.self) { try queue.taskDone() }
      try await sleep(0)
      #expect(joiner.isDone)
    }
  }

  @Test func `items that are dropped may use the queue when they are released`() throws {
    final class Item: Sendable {
      let queue: RunnerQueue<Item>
      let released: Recorder<Int>
      init(_ queue: RunnerQueue<Item>, _ released: Recorder<Int>) {
        (self.queue, self.released) = (queue, released)
      }
      deinit { released.note(queue.count) }
    }
    let queue = RunnerQueue<Item>()
    let released = Recorder<Int>()
    for _ in 0..<3 { try queue.putNow(Item(queue, released)) }
    queue.shutdown(immediate: true)
    #expect(released.events == [0, 0, 0])
  }
}
