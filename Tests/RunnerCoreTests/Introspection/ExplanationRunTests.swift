import RunnerCore
import RunnerCoreTesting
import Testing

/// Explanations of real tasks, under virtual time.
@Suite(.timeLimit(.minutes(5))) struct ExplanationRunTests {
  private let runner = Runner.virtual(name: "why")
  private let inspector: LocalInspector

  init() {
    inspector = LocalInspector([runner])
  }

  /// Makes tasks, turns the loop until they all wait, and looks while it stands still.
  private func waiting(
    _ make: @escaping @Sendable (EventLoop) async throws -> Void
  ) throws -> EventLoop {
    let loop = try runner.loop
    try runner.run {
      try await make(loop)
      for _ in 0..<5 { try await sleep(0) }
    }
    return loop
  }

  private func task(_ name: String) throws -> TaskID {
    try #require(runner.loop.tasks.first { $0.name == name }).id
  }

  private func explain(_ name: String) throws -> Explanation {
    try inspector.explanation(of: task(name))
  }

  @Test func `a stopped loop is what keeps a sleeper from going on`() throws {
    _ = try waiting { loop in
      try loop.makeTask(named: "sleeper") { try await sleep(3) }
    }
    let explanation = try explain("sleeper")
    #expect(explanation.links.map(\.reason) == [.timer(remaining: .seconds(3))])
    #expect(explanation.loop == .standing)
    #expect(explanation.links.first?.site?.fileName == "ExplanationRunTests.swift")
    let runnerWide = try inspector.explanation(ofRunner: "why")
    #expect(runnerWide.loop == .standing)
    #expect(runnerWide.links.isEmpty)
    try runner.close()
    #expect(try inspector.explanation(ofRunner: "why").loop == .closed)
  }

  @Test func `a task that waits for a lock leads to the one that has it`() throws {
    _ = try waiting { loop in
      let lock = RunnerLock(label: "db")
      try loop.makeTask(named: "holder") { try await lock.withLock { try await sleep(60) } }
      try loop.makeTask(named: "other") { try await lock.withLock {} }
    }
    let explanation = try explain("other")
    let holder = try task("holder")
    #expect(explanation.links.map(\.task) == [try task("other"), holder])
    guard case .lock(_, "db", let found?) = explanation.links.first?.reason else {
      Issue.record("unexpected \(explanation)")
      return
    }
    #expect(found.task == holder)
    #expect(found.site?.fileName == "ExplanationRunTests.swift")
    try runner.close()
  }

  @Test func `case 141: two locks in opposite order are a deadlock`() throws {
    let loop = try waiting { loop in
      let (first, second) = (RunnerLock(label: "first"), RunnerLock(label: "second"))
      for (name, outer, inner) in [("left", first, second), ("right", second, first)] {
        try loop.makeTask(named: name) {
          try await outer.withLock {
            try await sleep(0)
            try await inner.withLock {}
          }
        }
      }
    }
    let cycle = [try task("left"), try task("right")]
    #expect(try explain("right").cycle == cycle)
    #expect(try inspector.explanation(ofRunner: "why").cycle == cycle)
    #expect(loop.awaitCycle() == cycle)
    try runner.close()
  }

  /// Makes a task `main` that awaits a pair of tasks, of which some await it in turn.
  private func pair(
    stuck: [Bool], _ wait: @escaping @Sendable ([RunnerTask<Void>]) async throws -> Void
  ) throws -> EventLoop {
    try waiting { loop in
      let introduction = loop.makeFuture(of: RunnerTask<Void>.self)
      let members = try stuck.enumerated().map { index, isStuck in
        try loop.makeTask(named: "member \(index)") {
          let first = try await introduction.value
          if isStuck { try await first.value } else { try await sleep(60) }
        }
      }
      try introduction.resolve(loop.makeTask(named: "first") { try await wait(members) })
    }
  }

  @Test func `who waits for the first of several is stuck only when all of them are`() throws {
    let loop = try pair(stuck: [true, false]) {
      _ = try await wait(for: $0, until: .firstCompleted)
    }
    #expect(loop.awaitCycle() == nil)
    #expect(try explain("first").cycle == nil)
    #expect(try explain("member 0").cycle == nil)
    #expect(try explain("member 0").links.last?.name == "member 1")
    #expect(try inspector.explanation(ofRunner: "why").cycle == nil)
    try runner.close()
  }

  @Test func `who waits for the first of several is stuck when all of them are`() throws {
    let loop = try pair(stuck: [true, true]) {
      _ = try await wait(for: $0, until: .firstCompleted)
    }
    let cycle = [try task("member 0"), try task("first")]
    #expect(loop.awaitCycle() == cycle)
    #expect(try explain("first").cycle == cycle)
    #expect(try inspector.explanation(ofRunner: "why").cycle == cycle)
    try runner.close()
  }

  @Test func `who waits for all of several is stuck when one of them is`() throws {
    let loop = try pair(stuck: [true, false]) { _ = try await wait(for: $0) }
    let cycle = [try task("member 0"), try task("first")]
    #expect(loop.awaitCycle() == cycle)
    #expect(try explain("first").cycle == cycle)
    try runner.close()
  }

  @Test func `who waits for the next child of a Swift group is stuck only when all of them are`()
    throws
  {
    for isStuck in [true, false] {
      let loop = try pair(stuck: [true, isStuck]) { members in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for member in members { group.addTask { try await member.value } }
          try await group.next()
          group.cancelAll()
        }
      }
      #expect((loop.awaitCycle() != nil) == isStuck)
      #expect((try explain("first").cycle != nil) == isStuck)
      for task in loop.tasks { task.cancel() }
      try runner.run { for _ in 0..<20 { try await sleep(0) } }
    }
    try runner.close()
  }

  @Test func `a queue that nobody fills counts those who wait for it`() throws {
    _ = try waiting { loop in
      let jobs = RunnerQueue<Int>(label: "jobs")
      for number in 1...2 {
        try loop.makeTask(named: "worker \(number)") { _ = try await jobs.get() }
      }
    }
    guard
      case .object(.queueItem, _, "jobs", let crowd) = try explain("worker 1").links.first?.reason
    else {
      Issue.record("unexpected reason")
      return
    }
    #expect(crowd == Explanation.Crowd(waiting: 2, opposite: 0))
    try runner.close()
  }

  @Test func `a task that is asked about by itself is running`() throws {
    let inspector = inspector
    let reasons = try runner.run {
      let id = try #require(AnyRunnerTask.current).id
      return try inspector.explanation(of: id).links.map(\.reason)
    }
    #expect(reasons == [.running])
    try runner.close()
  }

  @Test func `a run that nothing can end is known when the loop falls still`() throws {
    let loop = try runner.loop
    let told = LockedValue<Explanation?>(nil)
    loop.stallHandler = { [weak loop, runner] in
      told.withLock { $0 = loop?.stalledRun() }
      _ = runner.interrupt()
    }
    let gate = RunnerEvent(label: "gate")
    #expect(throws: (any Error).self) {
      try runner.run(named: "main") {
        let child = try loop.makeTask(named: "child") { try await gate.wait() }
        try await child.value
      }
    }
    let explanation = try #require(told.withLock { $0 })
    #expect(explanation.loop == .stalled)
    #expect(explanation.links.map(\.name) == ["main", "child"])
    guard case .object(.event, _, "gate", _) = explanation.links.last?.reason else {
      Issue.record("unexpected \(explanation)")
      return
    }
    try runner.close()
  }

  @Test func `work on a thread and code outside of the library may still end a run`() throws {
    let loop = try runner.loop
    let stalls = LockedValue(0)
    loop.stallHandler = { [weak loop] in
      if loop?.stalledRun() != nil { stalls.withLock { $0 += 1 } }
    }
    let future = loop.makeFuture(of: Int.self, label: "answer")
    let value = try runner.run {
      try loop.makeTask(named: "foreign") {
        try await Task.sleep(for: .milliseconds(20))
        try future.resolve(1)
      }
      let first = try await future.value
      return try await first + toThread { 2 }
    }
    #expect(value == 3)
    #expect(stalls.withLock { $0 } == 0)
    try runner.close()
  }

  @Test func `a chain of ten thousand tasks is explained`() throws {
    let loop = try waiting { loop in
      var last = try loop.makeTask(named: "end") { try await sleep(60) }
      for number in 1..<10_000 {
        let next = last
        last = try loop.makeTask(named: "link \(number)") { try await next.value }
      }
    }
    let explanation = try explain("link 9999")
    #expect(explanation.links.count + explanation.omittedLinks == 10_000)
    #expect(explanation.links.last?.name == "end")
    #expect(loop.awaitCycle() == nil)
    try runner.close()
  }

  @Test func `a gather of a hundred thousand tasks is explained`() throws {
    let loop = try waiting { loop in
      let gate = RunnerEvent(label: "gate")
      let children = try (1...100_000).map { _ in
        try loop.makeTask(named: "child") { try await gate.wait() }
      }
      try loop.makeTask(named: "parent") { _ = try await gather(children) }
    }
    let explanation = try explain("parent")
    #expect(explanation.links.map(\.name) == ["parent", "child"])
    #expect(loop.awaitCycle() == nil)
    #expect(try runner.close().cancelledTasks == 100_001)
  }
}
