import RunnerCoreTesting
import Testing

@testable import RunnerCore

/// Requests to cancel that reach a task through the child tasks that Swift made inside of it.
@Suite(.timeLimit(.minutes(1))) struct ChildCancellationTests {
  private typealias Ring = Shared<RunnerTask<Void>?>

  /// Gives all that can go on the time to do so.
  private func settle() async throws {
    for _ in 0..<20 { try await sleep(0) }
  }

  private func awaitMember(_ ring: Ring) async throws {
    try await ring.value?.awaitValue()
  }

  @Test(arguments: [true, false])
  func `a circle through an async let ends when its task is cancelled`(back: Bool) throws {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let ring = Ring(nil)
      let first = try loop.makeTask {
        async let child: Void = awaitMember(ring)
        try await child
      }
      ring.value = try loop.makeTask { try await first.awaitValue() }
      try await settle()
      first.cancel()
      try await settle()
      #expect(first.isCancelled)
      #expect(ring.value?.isCancelled == true)
    }
  }

  @Test(arguments: [true, false])
  func `a circle through a task group ends when its task is cancelled`(back: Bool) throws {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let ring = Ring(nil)
      let first = try loop.makeTask {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await awaitMember(ring) }
          try await group.waitForAll()
        }
      }
      ring.value = try loop.makeTask { try await first.awaitValue() }
      try await settle()
      first.cancel()
      try await settle()
      #expect(first.isCancelled)
      #expect(ring.value?.isCancelled == true)
    }
  }

  @Test func `a circle through the children of two tasks ends when either is cancelled`() throws {
    for place in [0, 1] {
      try inVirtualRunner { loop in
        let ring = Ring(nil)
        let first = try loop.makeTask {
          async let child: Void = awaitMember(ring)
          try await child
        }
        ring.value = try loop.makeTask {
          async let child: Void = first.awaitValue()
          try await child
        }
        try await settle()
        [first, ring.value][place]?.cancel()
        try await settle()
        #expect(first.isCancelled)
        #expect(ring.value?.isCancelled == true)
      }
    }
  }

  /// Makes a task whose child does `work`, calls `disturb` when all wait, and returns how often the task
  /// was interrupted.
  private func interruptions(
    in loop: EventLoop, of work: @escaping @Sendable () async throws -> Void,
    disturb: (RunnerTask<Int>) throws -> Void
  ) async throws -> Int {
    let task = try loop.makeTask {
      var count = 0
      do {
        async let child: Void = work()
        try await child
      } catch { count += 1 }
      for _ in 0..<2 {
        do { try await sleep(1) } catch { count += 1 }
      }
      return count
    }
    try await settle()
    try disturb(task)
    return try await task.value
  }

  @Test(arguments: [true, false])
  func `two requests before the child has seen the first one are one error`(back: Bool) throws {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let count = try await interruptions(in: loop) {
        try await sleep(60)
      } disturb: {
        $0.cancel()
        $0.cancel()
      }
      #expect(count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `a child that is being woken when its task is cancelled hears of it alone`(back: Bool) throws
  {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let future = loop.makeFuture(of: Void.self)
      let count = try await interruptions(in: loop) {
        try await future.value
      } disturb: {
        try future.resolve(())
        $0.cancel()
      }
      #expect(count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `a child that has given way when its task is cancelled hears of it alone`(back: Bool) throws
  {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let isAsked = Shared(false)
      let count = try await interruptions(in: loop) {
        while !isAsked.value { await Task.yield() }
        try await sleep(60)
      } disturb: {
        isAsked.value = true
        $0.cancel()
      }
      #expect(count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `a request that a child passes on to a task that is being woken is one error`(back: Bool)
    throws
  {
    try inVirtualRunner(takingFlagsBack: back) { loop in
      let future = loop.makeFuture(of: Void.self)
      let other = try loop.makeTask { try await future.value }
      let count = try await interruptions(in: loop) {
        try await other.value
      } disturb: {
        try future.resolve(())
        $0.cancel()
      }
      #expect(count == 1)
      #expect(other.isCancelled)
    }
  }

  @Test func `two requests to a task in foreign code are one error`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let count = try runner.run {
      let task = try loop.makeTask {
        var count = 0
        do { try await Task.sleep(for: .seconds(3600)) } catch { count += 1 }
        do { try await sleep(0) } catch { count += 1 }
        return count
      }
      try await settle()
      task.cancel()
      task.cancel()
      return try await task.value
    }
    #expect(count == 1)
    try runner.close()
  }

  @Test func `two children that await one task both pass the request on, and wait for its answer`()
    throws
  {
    try inVirtualRunner { loop in
      let shared = try loop.makeTask {
        do { try await sleep(60) } catch {}
        do { try await sleep(60) } catch {}
        return 7
      }
      let task = try loop.makeTask {
        async let first = shared.value
        async let second = shared.value
        return try await first + second
      }
      try await settle()
      task.cancel()
      #expect(try await task.value == 14)
      #expect(shared.cancellationRequests == 2)
    }
  }

  @Test func `a request that comes through a child names its maker, its line and its reason`()
    throws
  {
    try inVirtualRunner { loop in
      let other = try loop.makeTask { try await sleep(60) }
      let task = try loop.makeTask {
        async let child: Void = other.value
        try await child
      }
      try await settle()
      let maker = try #require(AnyRunnerTask.current).id
      task.cancel(message: "enough")
      let request = try #require(loop.snapshot(of: other.id)?.cancellations.first)
      #expect(request.requester == .task(maker))
      #expect(request.message == "enough")
      #expect(request.site?.fileName == "ChildCancellationTests.swift")
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
