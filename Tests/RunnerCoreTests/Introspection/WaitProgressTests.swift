import RunnerCoreTesting
import Testing

@testable import RunnerCore

/// What a picture says of a wait beyond its subject: since when, how far, until when.
@Suite(.timeLimit(.minutes(1))) struct WaitProgressTests {
  private func look(at task: AnyRunnerTask, in loop: EventLoop) throws -> WaitSnapshot {
    try #require(loop.snapshot(of: task.id)?.wait)
  }

  @Test func `who waits for a lock sees since when another task has it`() throws {
    try inVirtualRunner { loop in
      let lock = RunnerLock(label: "db")
      let first = try loop.makeTask { try await lock.withLock { try await sleep(5) } }
      let second = try loop.makeTask { try await lock.withLock { try await sleep(5) } }
      let third = try loop.makeTask { try await lock.withLock {} }
      try await sleep(3)
      #expect(try look(at: third, in: loop).holder?.task == first.id)
      #expect(try look(at: third, in: loop).holder?.elapsed == .seconds(3))
      try await sleep(4)
      // It has had the lock since the first one released it, not since it asked.
      #expect(try look(at: third, in: loop).holder?.task == second.id)
      #expect(try look(at: third, in: loop).holder?.elapsed == .seconds(2))
      try await third.value
    }
  }

  @Test func `work on a thread says which one executes it, or how many jobs come first`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let pool = RunnerThreadPool(name: "io", threadLimit: 1)
    let (begun, gate) = (Latch(), Latch())
    try runner.run {
      let tasks = try (0..<3).map { index in
        try loop.makeTask {
          try await loop.runInExecutor(on: pool) {
            if index == 0 {
              begun.open()
              _ = gate.wait()
            }
          }
        }
      }
      while tasks[2].state != .suspended { try await sleep(0) }
      _ = begun.wait()
      guard case .running("io_0", let elapsed) = try look(at: tasks[0], in: loop).work else {
        Issue.record("unexpected \(try look(at: tasks[0], in: loop))")
        return gate.open()
      }
      #expect(elapsed >= .zero)
      #expect(try look(at: tasks[1], in: loop).work == .queued(ahead: 0))
      #expect(try look(at: tasks[2], in: loop).work == .queued(ahead: 1))
      tasks[1].cancel()
      #expect(try look(at: tasks[2], in: loop).work == .queued(ahead: 0))
      gate.open()
      try await tasks[2].value
    }
    try pool.close()
    try runner.close()
  }

  @Test func `a child task's work on a thread is seen, too`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let (begun, gate) = (Latch(), Latch())
    try runner.run {
      let task = try loop.makeTask {
        async let child: Void = toThread {
          begun.open()
          _ = gate.wait()
        }
        try await child
      }
      while task.state != .suspended { try await sleep(0) }
      try await sleep(0)
      _ = begun.wait()
      let children = try LocalInspector([runner]).tasks(TaskQuery()).tasks.filter {
        $0.role == .child
      }
      guard case .running = children.first?.wait?.work else {
        Issue.record("unexpected \(children)")
        return gate.open()
      }
      gate.open()
      try await task.value
    }
    try runner.close()
  }

  @Test func `the time limit of a wait for several tasks is shown, and is over with the wait`()
    throws
  {
    try inVirtualRunner { loop in
      let member = try loop.makeTask { try await sleep(60) }
      let task = try loop.makeTask {
        _ = try await wait(for: [member], timeout: .seconds(10))
        try await sleep(60)
      }
      try await sleep(1)
      #expect(try look(at: task, in: loop).timeoutRemaining == .seconds(9))
      try await sleep(10)
      #expect(try look(at: task, in: loop).timeoutRemaining == nil)
      try await task.value
    }
  }

  @Test func `steps inside of a timeout or a task group are steps of their task`() throws {
    try inVirtualRunner { loop in
      @Sendable func work() async throws {
        for _ in 0..<3 { try await sleep(1) }
      }
      let plain = try loop.makeTask { try await work() }
      let limited = try loop.makeTask { try await timeout(.seconds(60)) { try await work() } }
      let nested = try loop.makeTask {
        try await timeout(.seconds(60)) { try await timeout(.seconds(50)) { try await work() } }
      }
      let grouped = try loop.makeTask {
        try await withRunnerTaskGroup { _ in try await work() }
      }
      try await sleep(1.5)
      for task in [plain, limited, nested, grouped] {
        #expect(try #require(loop.snapshot(of: task.id)).steps == 2)
      }
      try await sleep(10)
      for task in [plain, limited, nested, grouped] {
        #expect(try #require(loop.snapshot(of: task.id)).steps == 4)
      }
    }
  }
}
