import Glibc
import RunnerCore
import RunnerCoreTesting
import Testing

/// Blocking work on threads, awaited by tasks.
@Suite(.timeLimit(.minutes(1))) struct ThreadTests {
  struct Failure: Error {}

  private static let variable = ContextVariable("thread", default: "default")

  @Test func `work runs on a named thread, and its value and its error come back`() throws {
    let runner = Runner.virtual(name: "files")
    try runner.run {
      let loop = try runner.loop
      let name = try await loop.runInExecutor { nameOfThread() }
      #expect(name == "files_0")
      #expect(
        try await toThread { nameOfThread() } == "files_0", "the idle thread is used again")
      #expect(loop.defaultExecutor?.threadCount == 1)
      await #expect(throws: Failure.self) { try await loop.runInExecutor { throw Failure() } }
      await #expect(throws: Failure.self) { try await toThread { throw Failure() } }
    }
    try runner.close()
  }

  @Test func `toThread carries a copy of the context, and runInExecutor none`() throws {
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      Self.variable.set("task")
      let seen = try await toThread {
        let before = Self.variable.value
        Self.variable.set("thread")
        return [before, Self.variable.value, RunnerContext.current[Self.variable] ?? "none"]
      }
      #expect(seen == ["task", "thread", "thread"])
      #expect(Self.variable.value == "task")
      #expect(try await loop.runInExecutor { Self.variable.value } == "default")
      try await loop.runInExecutor { _ = Self.variable.set("left behind") }
      #expect(try await loop.runInExecutor { Self.variable.value } == "default")
      #expect(try await toThread { AnyRunnerTask.current == nil && EventLoop.running == nil })
    }
    try runner.close()
  }

  @Test func `a pool has at most so many threads, and jobs begin in the order in which they came`()
    throws
  {
    let pool = RunnerThreadPool(name: "one", threadLimit: 1)
    let seen = Recorder<Int>()
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let tasks = try (0..<100).map { number in
        try loop.makeTask { try await loop.runInExecutor(on: pool) { seen.note(number) } }
      }
      _ = try await gather(tasks)
      #expect(pool.threadCount == 1)
      #expect(loop.defaultExecutor == nil)
    }
    #expect(seen.events == Array(0..<100))
    #expect(try pool.close())
    #expect(pool.threadCount == 0)
    try runner.close()
  }

  @Test
  func `as many jobs as there are threads run at once, each new thread for want of an idle one`()
    throws
  {
    let pool = RunnerThreadPool(name: "three", threadLimit: 3)
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      // Each job waits for the two others: with fewer threads none would end.
      let arrived = Recorder<Int>()
      let tasks = try (0..<3).map { number in
        try loop.makeTask {
          try await loop.runInExecutor(on: pool) {
            arrived.note(number)
            while arrived.events.count < 3 { sched_yield() }
          }
        }
      }
      _ = try await gather(tasks)
      #expect(pool.threadCount == 3)
    }
    try pool.close()
    try runner.close()
  }

  @Test func `cancelling takes a queued job out, and lets a running one go on`() throws {
    let pool = RunnerThreadPool(name: "one", threadLimit: 1)
    let (begun, gate) = (Latch(), Latch())
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let running = try loop.makeTask {
        try await loop.runInExecutor(on: pool) {
          begun.open()
          _ = gate.wait()
          seen.note("ran to its end")
        }
      }
      let queued = try loop.makeTask {
        try await loop.runInExecutor(on: pool) { seen.note("never") }
      }
      try await sleep(0)
      _ = begun.wait()
      running.cancel()
      queued.cancel()
      let outcomes = try await gatherResults([running, queued])
      for outcome in outcomes {
        #expect(throws: CancellationError.self) { try outcome.get() }
      }
      #expect(seen.events.isEmpty)
      gate.open()
      try await loop.runInExecutor(on: pool) { seen.note("next") }
    }
    #expect(seen.events == ["ran to its end", "next"])
    try pool.close()
    try runner.close()
  }

  @Test func `a task that is cancelled before it hands work over takes it out or drops its result`()
    throws
  {
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel()
        return try await toThread { 1 }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(task.isCancelled)
      // In a child that the library did not make, Swift's own cancellation takes the same way.
      let parent = try loop.makeTask {
        async let child = toThread { 2 }
        return try await child
      }
      #expect(try await parent.value == 2)
    }
    try runner.close()
  }

  @Test func `a timeout ends the wait for a thread, and the job goes on`() throws {
    let gate = Latch()
    let runner = Runner()
    try runner.run {
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.milliseconds(1)) { try await toThread { _ = gate.wait() } }
      }
      gate.open()
    }
    #expect(try runner.close().unfinishedJobs.isEmpty)
  }

  @Test func `virtual time stands still while a task waits for a thread`() throws {
    let clock = VirtualClock()
    let runner = Runner.virtual(clock: clock)
    try runner.run {
      let loop = try runner.loop
      let sleeper = try loop.makeTask { try await sleep(3600) }
      try await sleep(0)
      let before = loop.now
      try await timeout(.seconds(1)) {
        try await toThread { while loop.phase != .waiting { sched_yield() } }
      }
      #expect(loop.now == before)
      try await sleeper.value
      #expect(before.duration(to: loop.now) == .seconds(3600))
    }
    try runner.close()
  }

  @Test func `snapshots show that a task waits for work on a thread, of which pool, and where`()
    throws
  {
    let gate = Latch()
    let pool = RunnerThreadPool(name: "disk")
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let line = UInt(#line) + 2
      let task = try loop.makeTask(named: "reader") {
        try await loop.runInExecutor(on: pool) { _ = gate.wait() }
      }
      try await sleep(0)
      let listing = try LocalInspector([runner]).tasks(TaskQuery())
      let wait = try #require(listing.tasks.first { $0.name == "reader" }?.wait)
      #expect(wait.subject == .object(.executor, number: pool.number, label: "disk"))
      #expect(wait.site?.line == Int(line))
      gate.open()
      try await task.value
    }
    try pool.close()
    try runner.close()
  }

  @Test func `calls at the wrong place, and a pool that is closed, are refused in a sentence`()
    async
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    var error = await #expect(throws: RunnerError.self) { try await toThread {} }
    #expect(
      error?.message == "No running event loop: toThread must be called by a task of a runner.")
    error = await #expect(throws: RunnerError.self) { try await loop.runInExecutor {} }
    #expect(error?.code == .noRunningLoop)
    let pool = RunnerThreadPool(name: "disk")
    #expect(try pool.close())
    #expect(try pool.close(), "closing again is fine")
    try await onOwnThread {
      try runner.run {
        let refusal = await #expect(throws: RunnerError.self) {
          try await loop.runInExecutor(on: pool) {}
        }
        #expect(refusal?.message == "Thread pool 'disk' is closed: it takes no more work.")
        let own = RunnerThreadPool(name: "own")
        let inside = await #expect(throws: RunnerError.self) {
          try await loop.runInExecutor(on: own) { try own.close() }
        }
        #expect(
          inside?.message
            == "Thread pool 'own' cannot be closed by a job of its own; close it from elsewhere.")
      }
      try runner.close()
    }
  }

  @Test func `closing a pool waits for its jobs within the limit`() throws {
    let (begun, gate) = (Latch(), Latch())
    let pool = RunnerThreadPool(name: "slow", threadLimit: 1)
    let runner = Runner()
    let seen = Recorder<String>()
    try runner.run {
      let loop = try runner.loop
      let first = try loop.makeTask {
        try await loop.runInExecutor(on: pool) {
          begun.open()
          _ = gate.wait()
        }
      }
      let second = try loop.makeTask {
        try await loop.runInExecutor(on: pool) { seen.note("queued") }
      }
      try await sleep(0)
      _ = begun.wait()
      #expect(try pool.close(within: .milliseconds(1)) == false)
      gate.open()
      #expect(try pool.close(), "what was queued is done before the threads end")
      _ = try await gather([first, second])
    }
    #expect(seen.events == ["queued"])
    try runner.close()
  }

  @Test
  func `a pool of the user's can be the default one, and a released one lets its threads end`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let name = try runner.run {
      loop.defaultExecutor = RunnerThreadPool(name: "a name that is too long", threadLimit: 1)
      return try await toThread { nameOfThread() }
    }
    #expect(name == "a name that i_0")
    weak let released = loop.defaultExecutor
    loop.defaultExecutor = RunnerThreadPool(name: "second")
    #expect(released == nil)
    #expect(try runner.run { try await toThread { nameOfThread() } } == "second_0")
    try runner.close()
  }

  @Test func `ten thousand jobs from several tasks all come back`() throws {
    let runner = Runner()
    let total = try runner.run {
      let loop = try runner.loop
      let tasks = try (0..<20).map { _ in
        try loop.makeTask {
          var sum = 0
          for number in 0..<500 { sum += try await toThread { number } }
          return sum
        }
      }
      let sums = try await gather(tasks)
      #expect((loop.defaultExecutor?.threadCount ?? 0) <= RunnerThreadPool.defaultThreadLimit)
      return sums.reduce(0, +)
    }
    #expect(total == 20 * 500 * 499 / 2)
    try runner.close()
  }
}
