import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct MeasuringTests {
  /// Keeps the thread busy for so much real time.
  private static func work(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {}
  }

  private func measured(
    _ clock: VirtualClock = VirtualClock(),
    _ body: sending @escaping (EventLoop, LocalInspector) async throws -> Void
  ) throws {
    let runner = Runner.virtual(name: "lab", clock: clock)
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    loop.isMeasuring = true
    try runner.run { try await body(loop, inspector) }
    try runner.close()
  }

  @Test func `a loop that does not measure says so, and one that stops forgets`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let inspector = LocalInspector([runner])
    #expect(!loop.isMeasuring)
    let unmeasured = try runner.run { try inspector.task(loop.tasks[0].id).times }
    #expect(unmeasured == nil)
    #expect(loop.snapshot().stepTimes == nil)
    loop.isMeasuring = true
    loop.isMeasuring = true
    let measured = try runner.run { try inspector.task(loop.tasks[0].id).times }
    #expect(measured != nil)
    #expect(loop.snapshot().stepTimes != nil)
    #expect(loop.snapshot().instruments.isEmpty)
    loop.isMeasuring = false
    #expect(!loop.isMeasuring)
    #expect(loop.snapshot().stepTimes == nil)
    try runner.close()
  }

  @Test func `waits count in the loop's time and work in real time`() throws {
    try measured { loop, inspector in
      let task = try loop.makeTask {
        try await sleep(3600)
        Self.work(.milliseconds(20))
        try await sleep(1400)
      }
      try await sleep(5400)
      let times = try #require(try inspector.task(task.id).times)
      #expect(times.idle == .seconds(5000))
      #expect(times.scheduled == .zero)
      #expect(times.busy >= .milliseconds(20))
      #expect(times.busy < .seconds(30))
    }
  }

  @Test func `a live task's wait counts until now`() throws {
    try measured { loop, inspector in
      let task = try loop.makeTask { try await sleep(100) }
      try await sleep(40)
      #expect(try inspector.task(task.id).times?.idle == .seconds(40))
      #expect(try inspector.tasks(TaskQuery()).tasks.last?.times?.idle == .seconds(40))
    }
  }

  @Test func `a step that is queued behind another counts as scheduled`() throws {
    let clock = VirtualClock()
    try measured(clock) { loop, inspector in
      let first = try loop.makeTask {
        // What a long step does to the clock.
        clock.advance(by: .seconds(3))
        try await sleep(10)
      }
      let second = try loop.makeTask { try await sleep(10) }
      try await sleep(0)
      #expect(try inspector.task(second.id).times?.scheduled == .seconds(3))
      #expect(try inspector.task(first.id).times?.scheduled == .zero)
      let gate: RunnerFuture<Void> = loop.makeFuture()
      let third = try loop.makeTask { try await gate.value }
      try await sleep(0)
      try gate.resolve(())
      clock.advance(by: .seconds(5))
      try await sleep(0)
      let times = try #require(try inspector.task(third.id).times)
      #expect(times.scheduled == .seconds(5))
      #expect(times.idle == .zero)
    }
  }

  @Test func `the time of an eager child is not its maker's`() throws {
    try measured { loop, inspector in
      let maker = try loop.makeTask {
        let child = try loop.makeTask(named: "eager", eagerStart: true) {
          Self.work(.milliseconds(40))
        }
        try await child.value
      }
      try await maker.value
      let ended = try inspector.history(TaskQuery()).tasks
      let child = try #require(ended.first { $0.name == "eager" }?.times)
      let times = try #require(ended.first { $0.id == maker.id }?.times)
      #expect(child.busy >= .milliseconds(40))
      #expect(times.busy < child.busy)
      // The loop, which could do nothing else, counts both as one step.
      #expect(try #require(loop.snapshot().stepTimes).maximum >= .milliseconds(40))
    }
  }

  @Test func `the body of a timeout is its caller's time`() throws {
    try measured { loop, inspector in
      let task = try loop.makeTask {
        try await timeout(.seconds(100)) {
          try await sleep(30)
          Self.work(.milliseconds(20))
        }
        try await sleep(100)
      }
      try await sleep(50)
      let times = try #require(try inspector.task(task.id).times)
      #expect(times.idle == .seconds(50))
      #expect(times.busy >= .milliseconds(20))
    }
  }

  @Test func `a slow step is kept with its task and the line at which it began`() throws {
    try measured { loop, inspector in
      loop.slowStepDuration = .milliseconds(10)
      let task = try loop.makeTask(named: "slow") {
        Self.work(.milliseconds(12))
        try await sleep(1)
        Self.work(.milliseconds(25))
      }
      try loop.schedule(after: .seconds(5)) { Self.work(.milliseconds(12)) }
      try await sleep(10)
      let line = #line - 5
      let steps = try inspector.loop(of: "lab").slowSteps
      #expect(steps.map(\.task) == [task.id, task.id, nil])
      #expect(steps.map(\.name) == ["slow", "slow", ""])
      #expect(steps[0].duration >= .milliseconds(12))
      #expect(steps[1].duration >= .milliseconds(25))
      // The first one began where the task was made, the second where it slept.
      #expect(steps.map { $0.site?.line } == [line - 2, line, line + 3])
      #expect(steps.allSatisfy { $0.site?.fileName == "MeasuringTests.swift" })
      #expect(try #require(inspector.loop(of: "lab").stepTimes).maximum >= .milliseconds(25))
    }
  }

  @Test func `so many slow steps are kept, the last ones`() throws {
    try measured { loop, inspector in
      loop.slowStepDuration = .zero
      for number in 0..<30 { try await loop.makeTask(named: "n\(number)") {}.value }
      let names = try inspector.loop(of: "lab").slowSteps.map(\.name)
      #expect(names.count == 8)
      #expect(names.contains("n29"))
      #expect(!names.contains("n20"))
    }
  }

  @Test func `every step and callback is counted once`() throws {
    let runner = Runner.virtual(name: "lab")
    let loop = try runner.loop
    loop.isMeasuring = true
    try runner.run {
      for _ in 0..<9 { try await sleep(0) }
      try loop.schedule {}
      try await sleep(0)
    }
    // Eleven steps and the callback.
    #expect(loop.snapshot().stepTimes?.count == 12)
    try runner.close()
  }

  @Test func `measuring may begin in the middle of a step`() throws {
    let runner = Runner.virtual(name: "lab")
    let loop = try runner.loop
    let inspector = LocalInspector([runner])
    try runner.run {
      let task = try loop.makeTask { try await sleep(100) }
      try await sleep(10)
      loop.isMeasuring = true
      try await sleep(50)
      // Nothing has been told of it since, so nothing is known of it.
      #expect(try inspector.task(task.id).times == nil)
      try await sleep(45)
    }
    #expect(loop.snapshot().stepTimes != nil)
    try runner.close()
  }

  @Test func `the times of ended tasks are kept as long as the tasks`() throws {
    let loop = EventLoop(
      name: "lab", clock: VirtualClock(), selector: PollSelector(), historyLimit: 4)
    let runner = Runner(.init(name: "lab", makeLoop: { loop }))
    loop.isMeasuring = true
    let inspector = LocalInspector([runner])
    try runner.run {
      for _ in 0..<20 { try await loop.makeTask { try await sleep(0) }.value }
    }
    let ended = try inspector.history(TaskQuery())
    #expect(ended.tasks.count == 4)
    #expect(ended.tasks.allSatisfy { $0.times != nil })
    try runner.close()
  }

  @Test func `the step that blocks a loop counts while it does`() async throws {
    try await onOwnThread {
      let runner = Runner(.init(name: "stuck"))
      let loop = try runner.loop
      loop.isMeasuring = true
      let inspector = LocalInspector([runner])
      let stuck = Latch()
      let release = Latch()
      let task = try loop.makeTask(named: "busy") {
        stuck.open()
        _ = release.wait(limit: .seconds(30))
      }
      let thread = startThread { _ = try? runner.run { try await task.value } }
      #expect(stuck.wait(limit: .seconds(30)))
      Self.work(.milliseconds(30))
      let listing = try inspector.tasks(TaskQuery())
      #expect(listing.consistency == .sampled)
      let times = try #require(listing.tasks.first { $0.id == task.id }?.times)
      #expect(times.busy >= .milliseconds(30))
      release.open()
      thread.join()
      try runner.close()
    }
  }
}
