import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct GatherTests {
  struct Failure: Error, Equatable {}

  @Test
  func
    `case 109: coroutines of several types are gathered into a tuple, those of one type into an array`()
    throws
  {
    try inVirtualRunner { _ in
      @Sendable func number() async throws -> Int {
        try await sleep(2)
        return 1
      }
      @Sendable func word() async throws -> String {
        try await sleep(1)
        return "two"
      }
      let (first, second) = try await gather(await number(), await word())
      #expect(first == 1 && second == "two")
      let three = try await gather(await word(), await number(), await number())
      #expect(three == ("two", 1, 1))
      let four = try await gather(await number(), await word(), await number(), await word())
      #expect(four == (1, "two", 1, "two"))
      let alike = try await gather(await number(), await number())
      #expect(alike == [1, 1])
      let (left, right) = try await gather(await number(), await number())
      #expect(left + right == 2)
    }
  }

  @Test func `case 109: of coroutines of several types the first error in time comes out`() throws {
    struct Failure: Error, Equatable { var place: Int }
    try inVirtualRunner { loop in
      @Sendable func fail(_ place: Int, after seconds: Double) async throws -> Int {
        try await sleep(seconds)
        throw Failure(place: place)
      }
      @Sendable func word() async throws -> String {
        try await sleep(3)
        return "late"
      }
      await #expect(throws: Failure(place: 2)) {
        _ = try await gather(await fail(1, after: 2), await fail(2, after: 1), await word())
      }
      #expect(loop.tasks.count == 3)
    }
  }

  @Test func `case 109: the values come in the order of the arguments`() throws {
    try inVirtualRunner { loop in
      let tasks = try [3, 1, 2].map { delay in
        try loop.makeTask {
          try await sleep(Double(delay))
          return delay
        }
      }
      #expect(try await gather(tasks) == [3, 1, 2])
      #expect(loop.now == LoopInstant(nanoseconds: 3_000_000_000))
    }
  }

  @Test func `case 109: the first error comes out at once, and the others go on`() throws {
    try inVirtualRunner { loop in
      let slow = try loop.makeTask {
        try await sleep(10)
        return "slow"
      }
      let failing = try loop.makeTask { () -> String in
        try await sleep(1)
        throw Failure()
      }
      await #expect(throws: Failure.self) { try await gather([slow, failing]) }
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
      #expect(slow.cancellationRequests == 0)
      #expect(try await slow.value == "slow")
    }
  }

  @Test func `case 109: a gather of nothing is nothing`() throws {
    try inVirtualRunner { _ in
      let values = try await gather([RunnerTask<Int>]())
      #expect(values == [])
    }
  }

  @Test func `case 109: a task that is named twice runs once and counts twice`() throws {
    try inVirtualRunner { loop in
      let runs = Recorder<Int>()
      let task = try loop.makeTask {
        runs.note(1)
        return 7
      }
      #expect(try await gather([task, task]) == [7, 7])
      #expect(runs.events == [1])
    }
  }

  @Test func `case 110: cancelling the gathering task cancels all of them`() throws {
    try inVirtualRunner { loop in
      let children = try (0..<3).map { _ in try loop.makeTask { try await sleep(3600) } }
      let parent = try loop.makeTask { try await gatherResults(children) }
      try await sleep(1)
      parent.cancel(message: "enough")
      await #expect(throws: CancellationError.self) { try await parent.value }
      for child in children {
        #expect(child.isCancelled)
        #expect(child.cancellationMessage == "enough")
      }
    }
  }

  @Test func `case 110: a cancelled child is an error, as a value when results are collected`()
    throws
  {
    try inVirtualRunner { loop in
      let child = try loop.makeTask { try await sleep(3600) }
      let other = try loop.makeTask { try await sleep(1) }
      try await sleep(0)
      child.cancel()
      let results = try await gatherResults([child, other])
      #expect(throws: CancellationError.self) { try results[0].get() }
      try results[1].get()
      await #expect(throws: CancellationError.self) { try await gather([child]) }
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
    }
  }

  @Test func `case 110: cancelling the tasks of a gather that is done does nothing`() throws {
    try inVirtualRunner { loop in
      let child = try loop.makeTask { 1 }
      let parent = try loop.makeTask { try await gather([child]) }
      _ = try await parent.value
      #expect(parent.cancel() == false)
      #expect(child.cancel() == false)
    }
  }

  @Test func `a second request interrupts the cleanup of the gathered tasks`() throws {
    try inVirtualRunner { loop in
      let child = try loop.makeTask {
        do { try await sleep(3600) } catch { try await sleep(3600) }
      }
      let parent = try loop.makeTask { try await gather([child]) }
      try await sleep(1)
      parent.cancel()
      try await sleep(1)
      #expect(!child.isDone)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(child.isCancelled)
    }
  }

  @Test func `tasks of another loop are refused`() throws {
    let other = EventLoop()
    let stranger = try other.makeTask(named: "stranger") { 1 }
    try inVirtualRunner { _ in
      let error = await #expect(throws: RunnerError.self) { try await gather([stranger]) }
      #expect(error?.code == .foreignLoop)
      #expect(
        error?.message == "Task \(stranger.id) (stranger) is attached to a different loop.")
    }
    #expect(try other.runUntilComplete(stranger) == 1)
    try other.close()
  }

  @Test func `coroutines are made into tasks that run at the same time`() throws {
    try inVirtualRunner { loop in
      let naps = Recorder<[Double]>()
      @Sendable func nap(_ seconds: Double) async throws -> Double {
        try await sleep(seconds)
        return seconds
      }
      naps.note(try await gather(await nap(2), await nap(1)))
      naps.note(try await gather(await nap(2), await nap(1), await nap(3)))
      naps.note(try await gather(await nap(2), await nap(1), await nap(3), await nap(0)))
      #expect(naps.events == [[2, 1], [2, 1, 3], [2, 1, 3, 0]])
      #expect(loop.now == LoopInstant(nanoseconds: 8_000_000_000))
    }
  }
}
