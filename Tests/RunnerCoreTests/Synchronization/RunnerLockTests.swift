@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerLockTests {
  struct Failure: Error {}

  @Test func `tasks get the lock in the order in which they asked`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      let seen = Recorder<Int>()
      func makeTask(_ number: Int) throws -> RunnerTask<Void> {
        try loop.makeTask {
          try await lock.acquire()
          seen.note(number)
        }
      }
      try await lock.acquire()
      let first = [try makeTask(1), try makeTask(2)]
      try await sleep(0)
      #expect(seen.events == [])
      try lock.release()
      try await sleep(0)
      #expect(seen.events == [1])
      try await sleep(0)
      #expect(seen.events == [1])
      let third = try makeTask(3)
      try lock.release()
      try await sleep(0)
      #expect(seen.events == [1, 2])
      try lock.release()
      try await sleep(0)
      #expect(seen.events == [1, 2, 3])
      for task in first + [third] { #expect(task.isDone) }
      #expect(lock.isLocked)
    }
  }

  @Test func `a task that is cancelled while it waits leaves its place`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      try await lock.acquire()
      let task = try loop.makeTask { try await lock.acquire() }
      try loop.schedule { task.cancel() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(!lock.description.contains("waiting"))
    }
  }

  @Test func `a release passes over one that was cancelled at the same moment`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      let gate = loop.makeFuture(of: Void.self)
      let holding = try loop.makeTask { try await lock.withLock { try await gate.value } }
      try await sleep(0)
      #expect(lock.isLocked)
      let cancelled = try loop.makeTask { try await lock.withLock {} }
      try await sleep(0)
      #expect(lock.description.hasSuffix(", 1 waiting>"))
      let last = try loop.makeTask { try await lock.withLock {} }
      try await sleep(0)
      #expect(lock.description.hasSuffix(", 2 waiting>"))
      try gate.resolve(())
      cancelled.cancel()
      try await sleep(0)
      #expect(!lock.isLocked)
      #expect(holding.isDone)
      #expect(cancelled.isCancelled)
      try await last.value
    }
  }

  @Test func `a cancel and a release in one step let exactly one task in`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      let seen = Recorder<String>()
      func makeTask(_ name: String) throws -> RunnerTask<Void> {
        try loop.makeTask {
          seen.note("asks")
          try await lock.acquire()
          seen.note(name)
        }
      }
      try await lock.acquire()
      let tasks = [try makeTask("1"), try makeTask("2"), try makeTask("3")]
      try await sleep(0)
      try loop.schedule {
        tasks[0].cancel()
        try lock.release()
      }
      await #expect(throws: CancellationError.self) { try await tasks[0].value }
      #expect(seen.events == ["asks", "asks", "asks", "2"])
      #expect(tasks[0].isCancelled)
      #expect(tasks[1].isDone)
      tasks[2].cancel()
      try await sleep(0)
      #expect(tasks[2].isCancelled)
    }
  }

  @Test func `one that is cancelled before the release passes the turn on`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      try await lock.acquire()
      let first = try loop.makeTask { try await lock.acquire() }
      try await sleep(0)
      let second = try loop.makeTask { try await lock.acquire() }
      first.cancel()
      try lock.release()
      try await sleep(0)
      #expect(lock.isLocked)
      #expect(first.isCancelled)
      try await second.value
    }
  }

  @Test func `one that is cancelled after it was woken passes the turn on`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      try await lock.acquire()
      let first = try loop.makeTask { try await lock.acquire() }
      let second = try loop.makeTask { try await lock.acquire() }
      try await sleep(0)
      try lock.release()
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      try await second.value
      #expect(lock.isLocked)
    }
  }

  @Test func `nobody gets ahead of a task that was woken and has not gone on yet`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      let seen = Recorder<String>()
      try await lock.acquire()
      let waiting = try loop.makeTask { try await lock.withLock { seen.note("waiting") } }
      try await sleep(0)
      try lock.release()
      #expect(!lock.isLocked)
      try await lock.withLock { seen.note("newcomer") }
      try await waiting.value
      #expect(seen.events == ["waiting", "newcomer"])
    }
  }

  @Test func `a newcomer goes at once when all that wait were cancelled`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      try await lock.acquire()
      let waiting = try loop.makeTask { try await lock.acquire() }
      try await sleep(0)
      waiting.cancel()
      try lock.release()
      let steps = AnyRunnerTask.current?.steps
      try await lock.acquire()
      #expect(AnyRunnerTask.current?.steps == steps)
      try await sleep(0)
      #expect(waiting.isCancelled)
      #expect(lock.isLocked)
    }
  }

  @Test func `releasing a lock that nobody has is an error`() throws {
    let lock = RunnerLock(label: "db")
    let error = try #require(throws: RunnerError.self) { try lock.release() }
    #expect(error.code == .invalidState)
    #expect(
      error.message
        == "Lock \(lock.number) 'db' is not acquired; only one that is can be released.")
  }

  @Test func `a lock that nobody waits for is free after the release`() throws {
    try inVirtualRunner { _ in
      let lock = RunnerLock()
      try await lock.acquire()
      #expect(lock.isLocked)
      try lock.release()
      #expect(!lock.isLocked)
    }
  }

  @Test func `withLock has the lock for its body, and gives it back when the body throws`() throws {
    try inVirtualRunner { _ in
      let lock = RunnerLock()
      let value = try await lock.withLock { lock.isLocked ? 7 : 0 }
      #expect(value == 7)
      #expect(!lock.isLocked)
      await #expect(throws: Failure.self) { try await lock.withLock { throw Failure() } }
      #expect(!lock.isLocked)
      let error = await #expect(throws: RunnerError.self) {
        try await lock.withLock { try lock.release() }
      }
      #expect(error?.code == .invalidState)
    }
  }

  @Test func `a timeout around withLock leaves the lock to others`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock()
      let holding = try loop.makeTask { try await lock.withLock { try await sleep(10) } }
      try await sleep(0)
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(1)) { try await lock.withLock {} }
      }
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(20)) { try await lock.withLock { try await sleep(60) } }
      }
      #expect(holding.isDone)
      #expect(!lock.isLocked)
    }
  }

  @Test func `a description says who has the lock and how many wait`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock(label: "db")
      #expect(lock.description == "<Lock \(lock.number) 'db' unlocked>")
      let line = #line + 1
      try await lock.acquire()
      let me = try #require(AnyRunnerTask.current?.id)
      let held = "<Lock \(lock.number) 'db' locked by task \(me) in \(#function) at"
      #expect(lock.description == "\(held) RunnerLockTests.swift:\(line)>")
      let waiting = try loop.makeTask { try await lock.acquire() }
      try await sleep(0)
      #expect(lock.description == "\(held) RunnerLockTests.swift:\(line), 1 waiting>")
      waiting.cancel()
    }
  }

  // MARK: Snapshots

  @Test func `a snapshot says who has the lock that a task waits for, and since which line`() throws
  {
    try inVirtualRunner { loop in
      let lock = RunnerLock(label: "db")
      func wait(of task: AnyRunnerTask) -> WaitSnapshot? {
        TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait
      }
      let gate = RunnerEvent()
      let line = #line + 1
      let first = try loop.makeTask { try await lock.withLock { try await gate.wait() } }
      let second = try loop.makeTask { try await timeout(.seconds(9)) { try await lock.acquire() } }
      let third = try loop.makeTask { try await lock.acquire() }
      try await sleep(0)
      let wait1 = try #require(wait(of: second))
      #expect(wait1.subject == .object(.lock, number: lock.number, label: "db"))
      #expect(wait1.holder?.task == first.id)
      #expect(wait1.holder?.site?.fileName == "RunnerLockTests.swift")
      #expect(wait1.holder?.site?.line == line)
      #expect(wait(of: first)?.holder == nil)
      let text = third.description
      #expect(text.contains("waiting for lock \(lock.number) 'db' held by task \(first.id) since "))
      #expect(text.contains("RunnerLockTests.swift:\(line), in "))
      gate.set()
      try await sleep(0)
      try await sleep(0)
      // The timeout's body belongs to the second task: that one is said to have the lock.
      #expect(wait(of: third)?.holder?.task == second.id)
      try lock.release()
      #expect(wait(of: third) == nil)
      #expect(ObjectNumber.holder(lock.number) == nil)
      try await third.value
      #expect(ObjectNumber.holder(lock.number) == nil)
    }
  }

  // MARK: Loops and children

  @Test func `a lock is bound to the loop of the first task that asks for it`() async throws {
    let lock = RunnerLock(label: "db")
    let none = await #expect(throws: RunnerError.self) { try await lock.acquire() }
    #expect(none?.code == .noRunningLoop)
    #expect(
      none?.message
        == "No running event loop: acquire() of Lock \(lock.number) 'db' must be called by a task of"
        + " a runner.")
    try await onOwnThread {
      try Runner.run { try await lock.acquire() }
      try Runner.run {
        let error = await #expect(throws: RunnerError.self) { try await lock.acquire() }
        #expect(error?.code == .foreignLoop)
        #expect(
          error?.message.hasPrefix(
            "Lock \(lock.number) 'db' is bound to a different event loop, '") == true)
        #expect(throws: RunnerError.self) { try lock.release() }
      }
    }
    #expect(lock.isLocked)
  }

  @Test func `a release between two runs wakes the one that waits in the next run`() throws {
    try withRunner { runner in
      let lock = RunnerLock()
      let task = try runner.run {
        try await lock.acquire()
        let task = try runner.loop.makeTask { try await lock.acquire() }
        try await sleep(0)
        return task
      }
      #expect(task.state == .suspended)
      try lock.release()
      #expect(task.state == .ready)
      try runner.run { try await task.value }
      #expect(lock.isLocked)
    }
  }

  @Test(arguments: [true, false])
  func `child tasks take turns too, and cancelling their parent lets the lock go`(
    takingFlagsBack: Bool
  ) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let lock = RunnerLock()
      let seen = Recorder<Int>()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<10 {
          group.addTask {
            try await lock.withLock {
              seen.note(number)
              try await sleep(1)
              seen.note(number)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(seen.events == (0..<10).flatMap { [$0, $0] })
      try await lock.acquire()
      let parent = try loop.makeTask {
        async let child: Void = lock.withLock { seen.note(99) }
        try await child
      }
      try await sleep(1)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      try lock.release()
      try await lock.withLock {}
      #expect(!seen.events.contains(99))
      #expect(lock.description == "<Lock \(lock.number) unlocked>")
    }
  }
}
