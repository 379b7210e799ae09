import RunnerCore
import RunnerCoreTesting
import RunnerExamples
import Testing

@Suite(.timeLimit(.minutes(1))) struct TaskExamplesTests {
  let clock = VirtualClock()
  let runner: Runner

  init() {
    runner = Runner.virtual(clock: clock)
  }

  private var tasks: [TaskSnapshot] {
    get throws { try LocalInspector([runner]).tasks(TaskQuery()).tasks }
  }

  /// Lets the loop go on for some seconds of its clock.
  private func turn(_ seconds: Double) throws {
    try runner.run { try await sleep(for: .seconds(seconds)) }
  }

  @Test(arguments: [1, 2, 10, 1_000]) func `chain has the depth that was asked for`(depth: Int)
    throws
  {
    #expect(try runner.run { try await chain(depth: depth) } == depth)
    #expect(clock.now.nanoseconds == 5_000_000_000)
    try runner.close()
  }

  @Test func `each link of a chain awaits the next one`() throws {
    let task = try runner.loop.makeTask(named: "link 3") { try await chain(depth: 3) }
    try turn(1)
    let links = try tasks
    #expect(links.map(\.name) == ["link 3", "link 2", "link 1"])
    #expect(links[0].wait?.subject == .task(links[1].id))
    #expect(links[1].wait?.subject == .task(links[2].id))
    #expect(links[2].wait?.subject == .timer(remaining: .seconds(4)))
    #expect(links[0].wait?.site?.function == "chain(depth:)")
    #expect(links[0].wait?.site?.fileName == "Chain.swift")
    task.cancel()
    try turn(1)
    #expect(task.isCancelled)
    #expect(try tasks.isEmpty)
    try runner.close()
  }

  @Test func `a family takes as long as one child, and its values come in order`() throws {
    #expect(try runner.run { try await family(4) } == [1, 4, 9, 16])
    #expect(clock.now.nanoseconds == 5_000_000_000)
    #expect(try runner.run { try await family(0) } == [])
    #expect(try runner.run { try await family(-1) } == [])
    try runner.close()
  }

  @Test func `a dashboard loads all at the same time, in children that are listed`() throws {
    let task = try runner.loop.makeTask(named: "dashboard") { try await dashboard(2) }
    try turn(1)
    #expect(
      try tasks.map(\.name) == [
        "dashboard", "async let loadUser()", "async let loadPosts(_:)", "post 1", "post 2",
      ])
    #expect(try tasks.dropFirst().allSatisfy { $0.role == .child })
    try turn(7)
    #expect(try task.outcome() == "Ada has written 2 posts")
    #expect(try runner.run { try await dashboard(0) } == "Ada has written 0 posts")
    try runner.close()
  }

  @Test func `cancelling a dashboard cancels its children`() throws {
    let task = try runner.loop.makeTask { try await dashboard(3) }
    try turn(1)
    task.cancel()
    try turn(0)
    #expect(task.isCancelled)
    #expect(try tasks.isEmpty)
    try runner.close()
  }

  @Test func `cancelling the parent of a family cancels every child`() throws {
    let parent = try runner.loop.makeTask { try await family(3) }
    try turn(1)
    #expect(try tasks.map(\.name).filter { $0.hasPrefix("child") }.count == 3)
    parent.cancel()
    try turn(1)
    #expect(parent.isCancelled)
    #expect(try tasks.isEmpty)
    try runner.close()
  }

  @Test func `stubborn outlives every request to cancel`() throws {
    let task = try runner.loop.makeTask { try await stubborn(10) }
    for _ in 1...3 {
      try turn(1)
      task.cancel()
    }
    try turn(6)
    #expect(!task.isDone)
    #expect(task.cancellationRequests == 3)
    try turn(2)
    #expect(task.state == .finished)
    try runner.close()
  }

  @Test func `ticker waits at a place that names it`() throws {
    let task = try runner.loop.makeTask { try await ticker(every: 0.5) }
    try turn(0.3)
    let site = try #require(try LocalInspector([runner]).task(task.id).wait?.site)
    #expect(site.function == "ticker(every:)")
    #expect(site.fileID == "RunnerExamples/Ticker.swift")
    try runner.close()
    #expect(task.isCancelled)
  }

  @Test(arguments: [-1, 0, 0.0001, .nan])
  func `ticker refuses a pause that is none`(seconds: Double) throws {
    let error = try #require(throws: RunnerError.self) {
      try runner.run { try await ticker(every: seconds) }
    }
    #expect(
      error.message == "A ticker needs at least 0.001 seconds between two ticks, not \(seconds).")
    try runner.close()
  }

  @Test func `fail throws an error that carries its time`() throws {
    #expect(throws: PlannedFailure.self) { try runner.run { try await fail(after: 2) } }
    #expect(clock.now.nanoseconds == 2_000_000_000)
    try runner.close()
  }

  @Test func `spin lets nothing else run`() throws {
    let seen = Recorder<String>()
    try runner.run {
      try runner.loop.schedule { seen.note("other") }
      await spin(0.01)
      seen.note("spun")
      try await sleep(0)
    }
    #expect(seen.events == ["spun", "other"])
    try runner.close()
  }

  @Test func `the two tasks of a deadlock await each other`() throws {
    let caller = try runner.loop.makeTask { try await deadlock() }
    try turn(1)
    let all = try tasks
    let left = try #require(all.first { $0.name == "left" })
    let right = try #require(all.first { $0.name == "right" })
    #expect(left.wait?.subject == .task(right.id))
    #expect(right.wait?.subject == .task(left.id))
    #expect(left.wait?.site?.fileName == "Deadlock.swift")
    #expect(all.first { $0.id == caller.id }?.wait?.subject == .tasks([left.id, right.id]))
  }

  @Test func `each philosopher has one fork and waits for that of the next`() throws {
    let caller = try runner.loop.makeTask { try await philosophers(3) }
    try turn(1)
    let guests = try (1...3).map { seat in
      try #require(try tasks.first { $0.name == "philosopher \(seat)" })
    }
    for (seat, guest) in guests.enumerated() {
      let next = (seat + 1) % 3
      guard case .object(.lock, _, "fork \(next + 1)") = guest.wait?.subject else {
        Issue.record("unexpected \(guest)")
        continue
      }
      #expect(guest.wait?.holder?.task == guests[next].id)
      #expect(guest.wait?.holder?.site?.fileName == "Philosophers.swift")
    }
    #expect(try runner.loop.awaitCycle() == guests.map(\.id))
    caller.cancel()
    try turn(1)
    #expect(try tasks.isEmpty)
  }

  @Test func `starving workers wait for the same queue, with nothing ahead`() throws {
    let caller = try runner.loop.makeTask { try await starve(3) }
    try turn(1)
    let waits = try tasks.filter { $0.id != caller.id }.map { $0.wait?.subject }
    #expect(waits.count == 3 && Set(waits).count == 1)
    guard case .object(.queueItem, _, "jobs") = waits[0] else {
      Issue.record("unexpected \(waits)")
      return
    }
    #expect(try runner.loop.snapshot().timerCount == 0)
    caller.cancel()
    try turn(1)
    #expect(try tasks.isEmpty)
  }

  @Test func `an example outside of a runner says what it needs`() async throws {
    let error = try #require(throws: RunnerError.self) { try runningLoop() }
    #expect(error.code == .noRunningLoop)
  }
}
