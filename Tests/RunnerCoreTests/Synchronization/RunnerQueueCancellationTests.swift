@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerQueueCancellationTests {
  @Test func `an item goes past a getter that was cancelled before`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<String>()
      let first = try loop.makeTask { try await queue.get() }
      let second = try loop.makeTask { try await queue.get() }
      try await sleep(0)
      first.cancel()
      try await sleep(0)
      #expect(first.isCancelled)
      try await queue.put("a")
      let item = try await second.value
      #expect(item == "a")
    }
  }

  @Test func `a getter that was woken and is cancelled leaves the item to the next get`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>()
      let reader = try loop.makeTask { try await queue.get() }
      try await sleep(0)
      try queue.putNow(1)
      try queue.putNow(2)
      reader.cancel()
      await #expect(throws: CancellationError.self) { try await reader.value }
      let again = try loop.makeTask { try await queue.get() }
      let item = try await again.value
      #expect(item == 1)
    }
  }

  @Test func `a getter that was woken and is cancelled lets another one have the item`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>()
      let readers = try (0..<3).map { _ in try loop.makeTask { try await queue.get() } }
      try await sleep(0)
      try queue.putNow(1)
      try queue.putNow(2)
      readers[0].cancel()
      await #expect(throws: CancellationError.self) { try await readers[0].value }
      let items = try await gather([readers[1], readers[2]])
      #expect(Set(items) == [1, 2])
    }
  }

  @Test func `a putter that is cancelled has not put its item`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1)
      try queue.putNow(1)
      let writer = try loop.makeTask { try await queue.put(2) }
      try await sleep(0)
      #expect(try queue.getNow() == 1)
      writer.cancel()
      await #expect(throws: CancellationError.self) { try await writer.value }
      #expect(queue.isEmpty)
      try await queue.put(3)
      #expect(try queue.getNow() == 3)
      #expect(queue.isEmpty)
    }
  }

  @Test func `a putter that was woken and is cancelled lets another one have the room`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1)
      try queue.putNow(1)
      let first = try loop.makeTask { try await queue.put(2) }
      let second = try loop.makeTask { try await queue.put(3) }
      try await sleep(0)
      #expect(try queue.getNow() == 1)
      first.cancel()
      try await second.value
      #expect(first.isCancelled)
      #expect(try queue.getNow() == 3)
    }
  }

  @Test func `a putter that is cancelled among others leaves their order as it is`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<String>(maxSize: 1)
      let first = try loop.makeTask { try await queue.put("a") }
      let second = try loop.makeTask { try await queue.put("b") }
      let third = try loop.makeTask { try await queue.put("X") }
      try await sleep(0)
      #expect(first.isDone)
      #expect(!second.isDone)
      third.cancel()
      try await sleep(0)
      #expect(third.isCancelled)
      #expect(try queue.getNow() == "a")
      try await sleep(0)
      #expect(try queue.getNow() == "b")
      try await second.value
    }
  }

  @Test func `those that are cancelled or time out are not held`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1)
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.milliseconds(100)) { _ = try await queue.get() }
      }
      #expect(queue.description == "<Queue \(queue.number) 0 items of at most 1>")
      try queue.putNow(1)
      let writer = try loop.makeTask { try await queue.put(2) }
      try await sleep(0)
      #expect(queue.description.contains("1 putting"))
      writer.cancel()
      await #expect(throws: CancellationError.self) { try await writer.value }
      #expect(!queue.description.contains("putting"))
    }
  }
}
