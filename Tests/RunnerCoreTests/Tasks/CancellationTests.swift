import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
  struct Failure: Error {}

  @Test func `case 82: a task that is cancelled before its first step never begins`() throws {
    try inVirtualRunner { loop in
      let began = Recorder<Int>()
      let task = try loop.makeTask { began.note(1) }
      #expect(task.cancel(message: "not now"))
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(began.events.isEmpty)
      #expect(task.isCancelled)
      #expect(task.cancellationMessage == "not now")
    }
  }

  @Test func `case 83: cancelling an ended task returns false and counts nothing`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask { 1 }
      _ = try await task.value
      #expect(task.cancel() == false)
      #expect(task.cancellationRequests == 0)
    }
  }

  @Test func `case 84: two requests before delivery are one error and count two`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        do { try await sleep(10) } catch { seen.note("cancelled") }
        try await sleep(10)
        seen.note("undisturbed")
      }
      try await sleep(0)
      task.cancel(message: "first")
      task.cancel()
      #expect(task.cancellationRequests == 2)
      try await task.value
      #expect(seen.events == ["cancelled", "undisturbed"])
      #expect(task.cancellationMessage == "first")
    }
  }

  @Test func `case 84: the message is the first one's until the error has been delivered`() throws {
    try inVirtualRunner { loop in
      let gate = loop.makeFuture(of: Void.self)
      let waitsForTimer = try loop.makeTask {
        do { try await sleep(10) } catch {}
        do { try await sleep(10) } catch {}
      }
      let waitsForFuture = try loop.makeTask {
        do { try await gate.value } catch {}
        do { try await sleep(10) } catch {}
      }
      let inTimeout = try loop.makeTask {
        try await timeout(.seconds(20)) {
          do { try await sleep(10) } catch {}
          do { try await sleep(10) } catch {}
        }
      }
      let inner = try loop.makeTask {
        do { try await sleep(10) } catch {}
        do { try await sleep(10) } catch {}
      }
      let waitsForTask = try loop.makeTask { try await inner.value }
      let unstarted = try loop.makeTask { try await sleep(10) }
      unstarted.cancel(message: "first")
      unstarted.cancel(message: "second")
      #expect(unstarted.cancellationMessage == "first")
      let tasks = [waitsForTimer, waitsForFuture, inTimeout, waitsForTask]
      for _ in 0..<3 { try await sleep(0) }
      for task in tasks {
        task.cancel(message: "first")
        task.cancel(message: "second")
        #expect(task.cancellationMessage == "first")
      }
      #expect(inner.cancellationMessage == "first")
      // One step each: the first `sleep` has thrown, and they wait for the second one.
      for _ in 0..<3 { try await sleep(0) }
      for task in tasks {
        task.cancel(message: "third")
        task.cancel(message: "fourth")
      }
      // What waits for another task has not been woken yet: the other one has.
      #expect(tasks.map(\.cancellationMessage) == ["third", "third", "third", "first"])
      #expect(inner.cancellationMessage == "third")
      for task in tasks { _ = try? await task.value }
      // The log has them all.
      let log = waitsForTimer.cancellations?.snapshots(at: 0).map(\.message)
      #expect(log == ["first", "second", "third", "fourth"])
    }
  }

  @Test func `case 84: a request that was taken back leaves its place to the next one's message`()
    throws
  {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        let me = AnyRunnerTask.current
        me?.cancel(message: "first")
        me?.cancel(message: "second")
        #expect(me?.cancellationMessage == "first")
        #expect(me?.uncancel() == 1)
        #expect(me?.uncancel() == 0)
        me?.cancel(message: "third")
        #expect(me?.cancellationMessage == "third")
        try await sleep(1)
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `case 85: a task that waits for another passes the request on to it`() throws {
    try inVirtualRunner { loop in
      let inner = try loop.makeTask {
        do { try await sleep(10) } catch { return "swallowed" }
        return "slept"
      }
      let outer = try loop.makeTask { try await inner.value + "!" }
      try await sleep(0)
      try await sleep(0)
      outer.cancel()
      #expect(try await outer.value == "swallowed!")
      #expect(outer.cancellationRequests == 1)
      #expect(inner.cancellationRequests == 1)
    }
  }

  @Test
  func `case 86: a request that comes after the future is done, before the task resumes, wins`()
    throws
  {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        do { seen.note("value \(try await future.value)") } catch { seen.note("cancelled") }
      }
      try await sleep(0)
      try future.resolve(1)
      task.cancel()
      try await task.value
      #expect(seen.events == ["cancelled"])
    }
  }

  @Test func `case 87: a task that cancels itself and returns without suspending ends cancelled`()
    throws
  {
    try inVirtualRunner { loop in
      let quiet = try loop.makeTask { AnyRunnerTask.current?.cancel() }
      let loud = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        throw Failure()
      }
      await #expect(throws: CancellationError.self) { try await quiet.value }
      await #expect(throws: Failure.self) { try await loud.value }
      #expect(quiet.isCancelled)
      #expect(!loud.isCancelled)
    }
  }

  @Test func `case 88: a task that cancels itself and takes it back survives`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        #expect(AnyRunnerTask.current?.uncancel() == 0)
        try await sleep(1)
        return "survived"
      }
      #expect(try await task.value == "survived")
    }
  }

  @Test func `case 89: cleanup that suspends completes, and a second request interrupts it`() throws
  {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        do { try await sleep(100) } catch {
          try await sleep(1)
          seen.note("first part")
          try await sleep(100)
          seen.note("second part")
        }
      }
      try await sleep(0)
      task.cancel()
      try await sleep(2)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["first part"])
    }
  }

  @Test func `case 90: uncancel on a task that was never cancelled is zero`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {}
      #expect(task.uncancel() == 0)
      try await task.value
    }
  }

  @Test func `case 91: a task is cancelled only when its body has ended`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask { try await sleep(10) }
      try await sleep(0)
      task.cancel()
      #expect(task.isCancelled == false)
      #expect(task.cancellationRequests == 1)
      _ = try? await task.value
      #expect(task.isCancelled)
    }
  }

  @Test func `case 92: a task that awaits itself gets an error that says so`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: RunnerTask<String>.self)
      let task = try loop.makeTask { () -> String in
        let own = try await future.value
        do { return try await own.value } catch let error as RunnerError { return error.message }
      }
      try future.resolve(task)
      #expect(try await task.value == "Task \(task.id) (\(task.name)) cannot await itself.")
    }
  }

  @Test func `case 93: explicit names are kept and use up no number`() throws {
    try inVirtualRunner { loop in
      let first = try loop.makeTask {}
      let named = try loop.makeTask(named: "fetch") {}
      let second = try loop.makeTask {}
      #expect(named.name == "fetch")
      let numbers = [first, second].compactMap { Int($0.name.dropFirst("Task-".count)) }
      #expect(numbers.count == 2)
      try await sleep(0)
    }
  }

  @Test func `cancelling from another thread reaches a sleeping task`() throws {
    let runner = Runner()
    try runner.run {
      let task = try runner.loop.makeTask { try await sleep(3600) }
      try await sleep(0)
      let thread = startThread { task.cancel(message: "from elsewhere") }
      await #expect(throws: CancellationError.self) { try await task.value }
      thread.join()
      #expect(task.cancellationMessage == "from elsewhere")
    }
    try runner.close()
  }

  @Test func `cancelling a task that sleeps outside of the library reaches it`() throws {
    let runner = Runner()
    try runner.run {
      let task = try runner.loop.makeTask { try await Task.sleep(for: .seconds(3600)) }
      try await sleep(0)
      #expect(task.state == .suspended)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    try runner.close()
  }

  @Test func `a cancelled task group reaches children that sleep in the library`() throws {
    let runner = Runner()
    try runner.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await sleep(3600) }
        try await sleep(0.01)
        group.cancelAll()
        await #expect(throws: CancellationError.self) { try await group.next() }
      }
    }
    try runner.close()
  }

  @Test func `cancelling a task reaches its async let children`() throws {
    let runner = Runner()
    try runner.run {
      let task = try runner.loop.makeTask {
        async let child: Void = sleep(3600)
        try await child
      }
      try await sleep(0.01)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    try runner.close()
  }

  @Test func `cancelling one of two tasks that wait for each other ends both`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask { try await future.value.value }
      let second = try loop.makeTask { try await first.value }
      try future.resolve(second)
      try await sleep(1)
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      await #expect(throws: CancellationError.self) { try await second.value }
    }
  }

  @Test func `cancelling the end of a circle through gather ends all of it`() throws {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask { try await future.value.value }
      let second = try loop.makeTask { _ = try await gather([first]) }
      try future.resolve(second)
      try await sleep(1)
      second.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      await #expect(throws: CancellationError.self) { try await second.value }
    }
  }

  @Test func `a request passes down a chain of ten thousand tasks`() throws {
    try inVirtualRunner { loop in
      var task = try loop.makeTask { try await sleep(3600) }
      for _ in 0..<10_000 {
        let inner = task
        task = try loop.makeTask { try await inner.value }
      }
      try await sleep(1)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
