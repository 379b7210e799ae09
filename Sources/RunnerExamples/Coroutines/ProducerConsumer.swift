import RunnerCore

/// Hands six numbers from a fast task to a slow one through a buffer for two; returns their sum.
///
/// Demonstrates futures and back-pressure: whoever finds the buffer full or empty awaits a future
/// that the other one resolves. There is no lock, because nothing else runs between two awaits. In
/// asyncio: `asyncio.Queue(maxsize=2)`, which is made of futures in the same way.
@discardableResult
public func producerConsumer() async throws -> Int {
  let loop = try runningLoop()
  let buffer = Buffer(capacity: 2, loop: loop)
  let producer = try loop.makeTask(named: "producer") {
    for number in 1...6 {
      try await buffer.put(number)
      print("produced \(number)")
    }
    return 0
  }
  let consumer = try loop.makeTask(named: "consumer") {
    var sum = 0
    for _ in 1...6 {
      try await sleep(0.2)
      let number = try await buffer.take()
      print("consumed \(number)")
      sum += number
    }
    return sum
  }
  return try await gather([producer, consumer])[1]
}

/// A bounded buffer for one producer and one consumer; used by the tasks of one loop only.
private final class Buffer: @unchecked Sendable {
  private let capacity: Int
  private let loop: EventLoop
  private var numbers: [Int] = []
  private var change: RunnerFuture<Void>?

  init(capacity: Int, loop: EventLoop) {
    self.capacity = capacity
    self.loop = loop
  }

  func put(_ number: Int) async throws {
    while numbers.count == capacity { try await nextChange("room in the buffer") }
    numbers.append(number)
    try noteChange()
  }

  func take() async throws -> Int {
    while numbers.isEmpty { try await nextChange("a number in the buffer") }
    let number = numbers.removeFirst()
    try noteChange()
    return number
  }

  private func nextChange(_ what: String) async throws {
    let future = loop.makeFuture(of: Void.self, label: what)
    change = future
    try await future.awaitValue()
  }

  private func noteChange() throws {
    // A future that is done already was cancelled, together with the task that waited for it.
    if let change, !change.isDone { try change.resolve(()) }
    change = nil
  }
}
