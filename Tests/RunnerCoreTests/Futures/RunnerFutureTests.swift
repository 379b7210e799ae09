import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerFutureTests {
  struct Failure: Error, Equatable {}

  @Test func `case 77: a pending future has no result yet`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      let error = try #require(throws: RunnerError.self) { try future.outcome() }
      #expect(error.code == .invalidState)
      #expect(error.message == "Result is not set: the future is pending.")
      let other = try #require(throws: RunnerError.self) { try future.error() }
      #expect(other.code == .invalidState)
      #expect(other.message == "Exception is not set: the future is pending.")
      #expect(!future.isDone)
    }
  }

  @Test func `case 78: a future that is done stays as it is`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      try future.resolve(1)
      let again = try #require(throws: RunnerError.self) { try future.resolve(2) }
      #expect(again.message == "Invalid state: the future is done already.")
      #expect(throws: RunnerError.self) { try future.fail(Failure()) }
      #expect(future.cancel() == false)
      #expect(!future.isCancelled)
      #expect(try await future.value == 1)
      #expect(try future.error() == nil)
    }
  }

  @Test
  func `case 78: a future that failed or was cancelled has an error, or says that it has none`()
    throws
  {
    try inVirtualRunner { loop in
      let failed = loop.makeFuture(of: Int.self)
      try failed.fail(Failure())
      #expect(failed.cancel() == false)
      #expect(try failed.error() as? Failure == Failure())
      let cancelled = loop.makeFuture(of: Int.self)
      #expect(cancelled.cancel())
      #expect(throws: CancellationError.self) { try cancelled.error() }
      #expect(throws: RunnerError.self) { try cancelled.resolve(1) }
    }
  }

  @Test func `case 79: done callbacks are made in order and never at once`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let future = loop.makeFuture(of: Int.self)
      future.whenDone { seen.note("1") }
      future.whenDone { seen.note("2") }
      future.whenDone { seen.note("3") }
      try future.resolve(0)
      #expect(seen.events.isEmpty)
      try await sleep(0)
      #expect(seen.events == ["1", "2", "3"])
      future.whenDone { seen.note("late") }
      #expect(seen.events.count == 3)
      try await sleep(0)
      #expect(seen.events == ["1", "2", "3", "late"])
    }
  }

  @Test func `case 79: a done callback that is cancelled is taken out, and the others are made`()
    throws
  {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let future = loop.makeFuture(of: Int.self)
      let task = try loop.makeTask { try await sleep(1) }
      let ones = [
        future.whenDone { seen.note("1") }, task.whenDone { seen.note("task 1") },
        future.whenDone { seen.note("1 again") },
      ]
      future.whenDone { seen.note("2") }
      let last = task.whenDone { seen.note("task 2") }
      #expect(ones.filter { $0.cancel() }.count == 3)
      #expect(ones.filter { $0.cancel() }.isEmpty)
      try future.resolve(0)
      try await sleep(2)
      #expect(seen.events == ["2", "task 2"])
      #expect(!last.cancel())
      #expect(!last.isCancelled)
    }
  }

  @Test func `done callbacks that are taken out again do not pile up`() throws {
    try inVirtualRunner { loop in
      final class Held: Sendable {}
      let future = loop.makeFuture(of: Int.self)
      let seen = Recorder<Int>()
      weak var first: Held?
      do {
        let held = Held()
        first = held
        future.whenDone { _ = held }.cancel()
      }
      for number in 0..<1000 {
        let callback = future.whenDone { seen.note(number) }
        if number % 100 != 0 { callback.cancel() }
      }
      #expect(first == nil)
      try future.resolve(0)
      try await sleep(0)
      #expect(seen.events == [0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    }
  }

  @Test func `a future that fails throws its error for each of those who await it`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      let tasks = try (0..<3).map { _ in try loop.makeTask { try await future.value } }
      try await sleep(0)
      try future.fail(Failure())
      for task in tasks { await #expect(throws: Failure.self) { try await task.value } }
    }
  }

  @Test func `those who await a future resume in the order in which they came`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<Int>()
      let future = loop.makeFuture(of: Void.self)
      let tasks = try (0..<5).map { number in
        try loop.makeTask {
          try await future.value
          seen.note(number)
        }
      }
      try await sleep(0)
      try future.resolve(())
      for task in tasks { try await task.value }
      #expect(seen.events == [0, 1, 2, 3, 4])
    }
  }

  @Test func `cancelling one task that awaits a future cancels it for all`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      let first = try loop.makeTask { try await future.value }
      let second = try loop.makeTask { try await future.value }
      try await sleep(0)
      first.cancel()
      await #expect(throws: CancellationError.self) { try await second.value }
      #expect(future.isCancelled)
      #expect(second.cancellationRequests == 0)
    }
  }

  @Test
  func `a future that is resolved while no thread runs the loop wakes its task in the next run`()
    throws
  {
    try withRunner { runner in
      let loop = try runner.loop
      let future = loop.makeFuture(of: Int.self)
      let task = try loop.makeTask { try await future.value }
      try runner.run { try await sleep(0) }
      #expect(task.state == .suspended)
      try future.resolve(9)
      #expect(task.state == .ready)
      let got1 = try runner.run { try await task.value }
      #expect(got1 == 9)
    }
  }

  @Test func `a future is resolved from another thread through scheduleThreadSafe`() throws {
    try withRunner { runner in
      let loop = try runner.loop
      let future = loop.makeFuture(of: Int.self)
      let value = try runner.run {
        let thread = startThread {
          _ = try? loop.scheduleThreadSafe { try future.resolve(4) }
        }
        defer { thread.join() }
        return try await future.value
      }
      #expect(value == 4)
    }
  }

  @Test func `awaiting a future outside of its loop is refused`() async throws {
    let loop = EventLoop(name: "own")
    let future = loop.makeFuture(of: Int.self)
    let error = await #expect(throws: RunnerError.self) { try await future.value }
    #expect(error?.code == .noRunningLoop)
    try await onOwnThread {
      try withRunner { runner in
        try runner.run {
          let error = await #expect(throws: RunnerError.self) { try await future.value }
          #expect(
            error?.message
              == "Future \(future.number) is attached to a different loop; await it there.")
        }
      }
    }
    try loop.close()
  }
}
