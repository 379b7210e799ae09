@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerConditionTests {
  @Test func `those that are notified go on one after the other, each with the lock`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let seen = Recorder<Int>()
      let tasks = try (1...3).map { number in
        try loop.makeTask {
          try await condition.acquire()
          try await condition.wait()
          seen.note(number)
        }
      }
      try await sleep(0)
      #expect(seen.events == [])
      #expect(!condition.isLocked)
      try await condition.acquire()
      try condition.notify()
      try await sleep(0)
      #expect(seen.events == [])
      #expect(condition.isLocked)
      try condition.release()
      try await sleep(0)
      #expect(seen.events == [1])
      #expect(condition.isLocked)
      try condition.notify(2)
      try await sleep(0)
      #expect(seen.events == [1])
      #expect(condition.isLocked)
      try condition.release()
      try await sleep(0)
      #expect(seen.events == [1, 2])
      try condition.release()
      try await sleep(0)
      #expect(seen.events == [1, 2, 3])
      #expect(condition.isLocked)
      for task in tasks { #expect(task.isDone) }
    }
  }

  @Test func `a task that is cancelled while it waits has the lock again`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      try await condition.acquire()
      let task = try loop.makeTask { try await condition.wait() }
      try loop.schedule { task.cancel() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(!condition.description.contains("waiting"))
      #expect(condition.isLocked)
    }
  }

  @Test func `a task that is cancelled while others have the lock waits for it all the same`()
    throws
  {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      try await condition.acquire()
      let task = try loop.makeTask { try await condition.wait() }
      try await sleep(0)
      #expect(!condition.isLocked)
      try await condition.acquire()
      try condition.notify()
      try loop.schedule { task.cancel() }
      try loop.schedule { try condition.release() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(condition.isLocked)
    }
  }

  @Test func `a task that is cancelled again and again still gets the lock before it ends`() throws
  {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let task = try loop.makeTask { try await condition.withLock { try await condition.wait() } }
      try await sleep(0)
      try await condition.acquire()
      for _ in 0..<5 {
        task.cancel()
        try await sleep(0)
        try await sleep(0)
        #expect(!task.isDone)
      }
      try condition.release()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(!condition.isLocked)
    }
  }

  @Test func `a task that is cancelled after it was notified ends as cancelled`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        try await condition.withLock {
          seen.note("waits")
          try await condition.wait()
        }
      }
      try await sleep(0)
      try await condition.acquire()
      try condition.notify()
      try await sleep(0)
      task.cancel()
      try await sleep(0)
      try condition.release()
      try await sleep(0)
      #expect(task.isCancelled)
      #expect(seen.events == ["waits"])
      #expect(!condition.isLocked)
    }
  }

  @Test func `waiting and notifying without the lock are errors`() throws {
    try inVirtualRunner { _ in
      let condition = RunnerCondition(label: "orders")
      let waiting = await #expect(throws: RunnerError.self) { try await condition.wait() }
      #expect(waiting?.code == .invalidState)
      #expect(
        waiting?.message
          == "Cannot wait for Condition \(condition.number) 'orders': its lock is not acquired;"
          + " acquire it first.")
      let notifying = #expect(throws: RunnerError.self) { try condition.notify() }
      #expect(
        notifying?.message
          == "Cannot notify Condition \(condition.number) 'orders': its lock is not acquired;"
          + " acquire it first.")
      #expect(throws: RunnerError.self) { try condition.notifyAll() }
    }
  }

  @Test func `a predicate is asked after each notification until it holds`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let holds = Shared(false)
      let asked = Shared(0)
      let task = try loop.makeTask {
        try await condition.acquire()
        try await condition.wait {
          asked.value += 1
          return holds.value
        }
        try condition.release()
      }
      try await sleep(0)
      try await condition.withLock { try condition.notify() }
      try await sleep(0)
      #expect(!task.isDone)
      holds.value = true
      try await condition.withLock { try condition.notify() }
      try await sleep(0)
      #expect(task.isDone)
      #expect(asked.value == 3)
    }
  }

  @Test func `a predicate that holds at once needs no lock, one that does not is refused`() throws {
    try inVirtualRunner { _ in
      let condition = RunnerCondition()
      try await condition.wait { true }
      await #expect(throws: RunnerError.self) { try await condition.wait(for: { false }) }
    }
  }

  @Test func `notify lets so many go on, and notifyAll all`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let seen = Recorder<Int>()
      func makeTasks(_ numbers: ClosedRange<Int>) throws {
        for number in numbers {
          try loop.makeTask {
            try await condition.withLock {
              try await condition.wait()
              seen.note(number)
            }
          }
        }
      }
      try makeTasks(1...3)
      try await sleep(0)
      try await condition.withLock { try condition.notify(1) }
      try await sleep(0)
      #expect(seen.events == [1])
      try await condition.withLock {
        try condition.notify(1)
        try condition.notify(2048)
      }
      try await sleep(0)
      #expect(seen.events == [1, 2, 3])
      try makeTasks(4...5)
      try await sleep(0)
      try await condition.withLock { try condition.notifyAll() }
      try await sleep(0)
      #expect(seen.events == [1, 2, 3, 4, 5])
    }
  }

  @Test func `a description says whether the lock is held and how many wait`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition(label: "orders")
      let title = "Condition \(condition.number) 'orders'"
      #expect(condition.description == "<\(title) unlocked>")
      try await condition.acquire()
      #expect(condition.description == "<\(title) locked>")
      try condition.release()
      let tasks = try (0..<2).map { _ in
        try loop.makeTask { try await condition.withLock { try await condition.wait() } }
      }
      try await sleep(0)
      #expect(condition.description == "<\(title) unlocked, 2 waiting>")
      for task in tasks { task.cancel() }
    }
  }

  @Test func `withLock has the lock for its body`() throws {
    try inVirtualRunner { _ in
      let condition = RunnerCondition()
      try await condition.withLock { #expect(condition.isLocked) }
      #expect(!condition.isLocked)
    }
  }

  @Test func `a condition can share a lock`() throws {
    try inVirtualRunner { _ in
      let lock = RunnerLock()
      let condition = RunnerCondition(lock: lock)
      #expect(condition.lock === lock)
      try await condition.withLock { #expect(lock.isLocked) }
      #expect(!lock.isLocked)
      try await lock.withLock { #expect(condition.isLocked) }
      #expect(!condition.isLocked)
    }
  }

  @Test func `a lock or a condition of another loop is refused`() throws {
    let lock = RunnerLock()
    let condition = RunnerCondition()
    try inVirtualRunner { loop in
      try await lock.withLock {}
      let task = try loop.makeTask { try await condition.withLock { try await condition.wait() } }
      try await sleep(0)
      task.cancel()
    }
    try inVirtualRunner { _ in
      let first = await #expect(throws: RunnerError.self) {
        try await RunnerCondition(lock: lock).acquire()
      }
      #expect(first?.code == .foreignLoop)
      let second = await #expect(throws: RunnerError.self) { try await condition.acquire() }
      #expect(second?.code == .foreignLoop)
    }
  }

  @Test func `a timeout inside of the lock leaves it held, and then released`() throws {
    try inVirtualRunner { _ in
      let condition = RunnerCondition()
      try await condition.withLock {
        await #expect(throws: RunnerTimeoutError.self) {
          try await timeout(.milliseconds(500)) { try await condition.wait() }
        }
        #expect(condition.isLocked)
      }
      #expect(!condition.isLocked)
    }
  }

  @Test(arguments: [false, true])
  func `the reason of a cancellation stands on the task, wherever in the wait it came`(
    duringLock: Bool
  ) throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let task = try loop.makeTask {
        try await condition.withLock { try await condition.wait(for: { false }) }
      }
      try await sleep(0)
      if duringLock {
        try await condition.acquire()
        try condition.notify()
        try await sleep(0)
      }
      task.cancel(message: "foo")
      if duringLock { try condition.release() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(task.cancellationMessage == "foo")
    }
  }

  @Test(arguments: [false, true])
  func `a notification that meets a cancellation is not lost`(duringLock: Bool) throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition()
      let state = Shared(0)
      let consumers = try (0..<2).map { _ in
        try loop.makeTask {
          try await condition.withLock {
            while true {
              try await condition.wait { state.value != 0 }
              if state.value < 0 { return }
              state.value -= 1
            }
          }
        }
      }
      try await sleep(0)
      try await condition.withLock {
        state.value += 1
        try condition.notify(1)
        if duringLock { try await sleep(0) }
        consumers[0].cancel()
        try? await timeout(.milliseconds(10)) { try await condition.wait { state.value == 0 } }
        #expect(state.value == 0)
        state.value = -1
        try condition.notifyAll()
      }
      try await consumers[1].value
      #expect(consumers[0].isCancelled)
    }
  }

  @Test func `a snapshot shows the condition, and then the lock and who has it`() throws {
    try inVirtualRunner { loop in
      let condition = RunnerCondition(label: "orders")
      let task = try loop.makeTask { try await condition.withLock { try await condition.wait() } }
      try await sleep(0)
      func wait() -> WaitSnapshot? {
        TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait
      }
      #expect(
        wait()?.subject == .object(.condition, number: condition.number, label: "orders"))
      try await condition.withLock {
        try condition.notify()
        try await sleep(0)
        #expect(
          wait()?.subject == .object(.lock, number: condition.lock.number, label: "orders"))
        #expect(wait()?.holder?.task == AnyRunnerTask.current?.id)
      }
      try await task.value
    }
  }

  @Test(arguments: [true, false])
  func `a child task that is cancelled waits for the lock before it ends`(
    takingFlagsBack: Bool
  ) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let condition = RunnerCondition()
      let seen = Recorder<Bool>()
      let parent = try loop.makeTask {
        async let child: Void = condition.withLock {
          do { try await condition.wait() } catch {
            seen.note(condition.isLocked)
            throw error
          }
        }
        try await child
      }
      try await sleep(0)
      try await sleep(0)
      try await condition.acquire()
      parent.cancel()
      let before = loop.now
      let steps = AnyRunnerTask.current?.steps
      try await sleep(1)
      // Nothing of the child runs while it waits for the lock.
      #expect(loop.now == before.advanced(by: .seconds(1)))
      #expect(AnyRunnerTask.current?.steps == steps.map { $0 + 1 })
      #expect(!parent.isDone)
      #expect(seen.events == [])
      try condition.release()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(seen.events == [true])
      #expect(!condition.isLocked)
    }
  }
}
