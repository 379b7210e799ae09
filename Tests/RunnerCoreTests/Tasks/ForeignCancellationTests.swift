import RunnerCore
import RunnerCoreTesting
import Testing

/// Cancellation of tasks that wait for something which the library did not make: with Swift's flag
/// taken back, and without, as where the runtime's layout is not known.
@Suite(.timeLimit(.minutes(1)), .serialized) struct ForeignCancellationTests {
  private func inRunner(
    takingBack: Bool = true, _ body: sending @escaping (EventLoop) async throws -> Void
  ) throws {
    let runner = Runner()
    let loop = try runner.loop
    loop.takesFlagsBack = takingBack
    try runner.run { try await body(loop) }
    try runner.close()
  }

  /// Makes a task, lets it begin, cancels it where it waits, and returns it.
  private func cancelled<Success: Sendable>(
    on loop: EventLoop, _ body: sending @escaping () async throws -> Success
  ) async throws -> RunnerTask<Success> {
    let task = try loop.makeTask(body)
    while task.state != .suspended { try await sleep(0) }
    task.cancel()
    return task
  }

  @Test(arguments: [true, false])
  func `Task.sleep is interrupted, and whoever awaits the task gets the error`(back: Bool) throws {
    try inRunner(takingBack: back) { loop in
      let task = try await cancelled(on: loop) { try await Task.sleep(for: .seconds(3600)) }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(task.isCancelled)
    }
  }

  @Test func `a task that has caught the error goes on undisturbed, in foreign code too`() throws {
    try inRunner { loop in
      let task = try await cancelled(on: loop) {
        do { try await Task.sleep(for: .seconds(3600)) } catch {}
        // The code that was cancelled may still look at the flag until it gives way.
        #expect(Task.isCancelled)
        try await sleep(0)
        #expect(!Task.isCancelled)
        try await Task.sleep(for: .milliseconds(1))
        async let child = Task.isCancelled
        #expect(await child == false)
        let inGroup = await withTaskGroup(of: Bool.self) { group in
          group.addTask { Task.isCancelled }
          return await group.next() ?? true
        }
        #expect(!inGroup)
        return "undisturbed"
      }
      #expect(try await task.value == "undisturbed")
      #expect(task.cancellationRequests == 1)
    }
  }

  @Test func `without the flag taken back only the library's own awaits go on`() throws {
    try inRunner(takingBack: false) { loop in
      let task = try await cancelled(on: loop) {
        do { try await Task.sleep(for: .seconds(3600)) } catch {}
        try await sleep(0)
        #expect(Task.isCancelled)
        await #expect(throws: CancellationError.self) {
          try await Task.sleep(for: .seconds(3600))
        }
        try await sleep(0.001)
        return "own awaits work"
      }
      #expect(try await task.value == "own awaits work")
    }
  }

  @Test func `uncancel takes the flag back at once`() throws {
    try inRunner { loop in
      let task = try await cancelled(on: loop) {
        do { try await Task.sleep(for: .seconds(3600)) } catch {
          #expect(AnyRunnerTask.current?.uncancel() == 0)
        }
        #expect(!Task.isCancelled)
        try await Task.sleep(for: .milliseconds(1))
        return "slept"
      }
      #expect(try await task.value == "slept")
    }
  }

  @Test func `a second and a third request interrupt foreign code as the first did`() throws {
    try inRunner { loop in
      let task = try loop.makeTask {
        var interruptions = 0
        for _ in 0..<3 {
          do { try await Task.sleep(for: .seconds(3600)) } catch { interruptions += 1 }
          try await sleep(0)
        }
        return interruptions
      }
      for _ in 0..<3 {
        while !task.waitsOutside(in: loop) { try await sleep(0) }
        task.cancel()
        while task.waitsOutside(in: loop) { try await sleep(0) }
      }
      #expect(try await task.value == 3)
    }
  }

  @Test(arguments: [true, false])
  func `case 85: async let and task groups pass the request on to their children`(back: Bool) throws
  {
    try inRunner(takingBack: back) { loop in
      let seen = Recorder<String>()
      let task = try await cancelled(on: loop) {
        async let first: Void = {
          do { try await Task.sleep(for: .seconds(3600)) } catch { seen.note("async let") }
        }()
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            do { try await sleep(3600) } catch { seen.note("group") }
          }
        }
        await first
      }
      try await task.value
      #expect(Set(seen.events) == ["async let", "group"])
    }
  }

  @Test(arguments: [true, false])
  func `a stream ends for the one who is cancelled, and a later stream does not`(back: Bool) throws
  {
    try inRunner(takingBack: back) { loop in
      let task = try await cancelled(on: loop) {
        for await _ in AsyncStream<Int>.makeStream().stream {}
        try await sleep(0)
        let (later, continuation) = AsyncStream<Int>.makeStream()
        continuation.yield(7)
        continuation.finish()
        return await later.reduce(0, +)
      }
      #expect(try await task.value == 7)
    }
  }

  @Test func `a later stream waits as usual once the flag is taken back`() throws {
    try inRunner { loop in
      let (later, continuation) = AsyncStream<Int>.makeStream()
      let task = try await cancelled(on: loop) {
        for await _ in AsyncStream<Int>.makeStream().stream {}
        try await sleep(0)
        return await later.reduce(0, +)
      }
      while !task.waitsOutside(in: loop) { try await sleep(0) }
      try await sleep(0)
      continuation.yield(3)
      continuation.yield(4)
      continuation.finish()
      #expect(try await task.value == 7)
    }
  }

  @Test(arguments: [true, false])
  func `a continuation that does not react has the request delivered at the next await`(back: Bool)
    throws
  {
    try inRunner(takingBack: back) { loop in
      let held = Recorder<UnsafeContinuation<Void, Never>>()
      let task = try await cancelled(on: loop) {
        await withUnsafeContinuation { held.note($0) }
        // Not heard yet: code that asks must be told.
        #expect(Task.isCancelled)
        do { try await sleep(3600) } catch {
          #expect(Task.isCancelled == !back)
          return "delivered"
        }
        return "lost"
      }
      try await sleep(0)
      held.events[0].resume()
      #expect(try await task.value == "delivered")
    }
  }

  @Test(arguments: [true, false])
  func `an actor's method goes on, and its awaits are interrupted`(back: Bool) throws {
    actor Ledger {
      func work() async -> String {
        do { try await sleep(3600) } catch { return "interrupted in the actor" }
        return "slept"
      }
    }
    try inRunner(takingBack: back) { loop in
      let ledger = Ledger()
      let task = try await cancelled(on: loop) { await ledger.work() }
      #expect(try await task.value == "interrupted in the actor")
    }
  }

  @Test(arguments: [true, false])
  func `a loop that only asks Task.isCancelled between yields is told`(back: Bool) throws {
    try inRunner(takingBack: back) { loop in
      let task = try loop.makeTask {
        var turns = 0
        while !Task.isCancelled {
          turns += 1
          await Task.yield()
          await Task.yield()
        }
        return turns
      }
      try await sleep(0)
      try await sleep(0)
      task.cancel()
      #expect(try await task.value > 0)
    }
  }

  @Test(arguments: [true, false])
  func `case 87: a task that cancels itself is interrupted at a foreign await too`(back: Bool)
    throws
  {
    try inRunner(takingBack: back) { loop in
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        try await Task.sleep(for: .seconds(3600))
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `case 88: a task that uncancels itself in time survives a foreign await`() throws {
    try inRunner { loop in
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        AnyRunnerTask.current?.uncancel()
        try await Task.sleep(for: .milliseconds(1))
        return "slept"
      }
      #expect(try await task.value == "slept")
    }
  }

  @Test func `case 89: cleanup that suspends in foreign code completes`() throws {
    try inRunner { loop in
      let seen = Recorder<String>()
      let task = try await cancelled(on: loop) {
        do { try await Task.sleep(for: .seconds(3600)) } catch {
          try await sleep(0)
          try await Task.sleep(for: .milliseconds(1))
          seen.note("cleaned up")
          throw error
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["cleaned up"])
    }
  }

  @Test(arguments: [("flag-taken-back", "undisturbed"), ("flag-stays", "disturbed")])
  func `RUNNER_INTROSPECTION=public keeps the library out of the runtime's private layout`(
    scenario: String, ending: String
  ) throws {
    let child = try ChildProcess("interrupt-fixture", scenario)
    #expect(child.lines() == ["caught", ending])
    #expect(child.wait() == .exited(0))
  }

  @Test func `a timeout around foreign code leaves the caller's flag alone`() throws {
    try inRunner(takingBack: false) { _ in
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.milliseconds(1)) { try await Task.sleep(for: .seconds(3600)) }
      }
      #expect(!Task.isCancelled)
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

extension AnyRunnerTask {
  /// What its snapshot says that it waits for.
  fileprivate func waitsOutside(in loop: EventLoop) -> Bool {
    if case .outside = loop.snapshot(of: id)?.wait?.subject { true } else { false }
  }
}
