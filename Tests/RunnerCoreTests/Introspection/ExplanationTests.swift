import RunnerCore
import Testing

/// Explanations of hand-made pictures: each reason, each state of a loop.
@Suite(.timeLimit(.minutes(1))) struct ExplanationTests {
  private typealias Reason = Explanation.Reason
  private typealias LoopState = Explanation.LoopState

  private func id(_ number: UInt64) -> TaskID { TaskID(number) }

  private func explain(
    _ number: UInt64, _ tasks: [TaskSnapshot], edit: (inout StubInspector) -> Void = { _ in }
  ) throws -> Explanation {
    var inspector = StubInspector(tasks: tasks)
    edit(&inspector)
    return try inspector.explanation(of: TaskID(number))
  }

  private func reason(_ subject: WaitSnapshot.Subject, heldBy holder: UInt64? = nil) throws
    -> Reason
  {
    let explanation = try explain(1, [StubInspector.task(1, subject, heldBy: holder)])
    return try #require(explanation.links.first?.reason)
  }

  // MARK: Reasons

  @Test func `a task that has not begun, is ready or running waits for nothing`() throws {
    for (state, reason) in [
      (.created, .created), (.ready, .ready), (.running, .running),
    ] as [(TaskState, Reason)] {
      #expect(try explain(1, [StubInspector.task(1, state)]).links.map(\.reason) == [reason])
    }
  }

  @Test func `each thing that a task can wait for is a reason of its own`() throws {
    #expect(try reason(.nextIteration) == .nextIteration)
    #expect(try reason(.timer(remaining: .seconds(3))) == .timer(remaining: .seconds(3)))
    #expect(
      try reason(.future(7, label: "reply")) == .future(number: 7, label: "reply", waiting: 1))
    #expect(try reason(.readable(descriptor: 4)) == .readable(descriptor: 4))
    #expect(try reason(.writable(descriptor: 5)) == .writable(descriptor: 5))
    for what in OutsideWait.allCases { #expect(try reason(.outside(what)) == .outside(what)) }
    #expect(
      try reason(.object(.executor, number: 3, label: "pool"))
        == .work(pool: 3, label: "pool", nil))
    #expect(
      try reason(.object(.lock, number: 3, label: "db"))
        == .lock(number: 3, label: "db", holder: nil))
    for object in WaitedObject.allCases where object != .lock && object != .executor {
      #expect(
        try reason(.object(object, number: 3, label: "x"))
          == .object(object, number: 3, label: "x", crowd: Explanation.Crowd(waiting: 1)))
    }
  }

  @Test func `of a runner all deadlocks are told, of a task its own`() throws {
    let inspector = StubInspector(
      tasks: [(2, 3), (3, 2), (5, 6), (6, 5)].map { StubInspector.task($0, .task(TaskID($1))) })
    let runner = try inspector.explanation(ofRunner: "main")
    #expect(runner.cycle == [id(2), id(3)])
    #expect(runner.otherCycles == [[id(5), id(6)]])
    #expect(try inspector.explanation(of: id(5)).otherCycles == [])
  }

  @Test func `a task that blocks its loop is explained with the line that is executed`() throws {
    let site = SourceSite(fileID: "M/Spin.swift", line: 7, function: "spin()")
    let explanation = try explain(4, [StubInspector.task(4, .running)]) {
      $0.loop.step = LoopSnapshot.Step(task: TaskID(4), elapsed: .seconds(2), site: site)
    }
    #expect(explanation.links.map(\.site) == [site])
  }

  @Test func `an ended task is explained by its end, whatever its runner does`() throws {
    var ended = StubInspector.task(1, .failed)
    let ending = TaskEnding(
      outcome: .failed(ErrorSnapshot(type: "Boom", message: "")), elapsed: .seconds(1),
      wasRead: false)
    ended.ending = ending
    let explanation = try explain(1, []) { $0.ended = [ended] }
    #expect(explanation.links.map(\.reason) == [.ended(ending)])
  }

  @Test func `what is not there is an error`() throws {
    let error = try #require(throws: RunnerError.self) {
      _ = try StubInspector().explanation(ofRunner: "nobody")
    }
    #expect(error.message == "There is no runner 'nobody'; 'runners' lists those there are.")
    #expect(throws: RunnerError.self) { try explain(9, []) }
  }

  @Test func `those who wait at both ends of a queue are counted`() throws {
    let explanation = try explain(
      1,
      [
        StubInspector.task(1, .object(.queueItem, number: 3, label: "jobs")),
        StubInspector.task(2, .object(.queueItem, number: 3, label: "jobs")),
        StubInspector.task(3, .object(.queueSpace, number: 3, label: "jobs")),
        StubInspector.task(4, .object(.queueSpace, number: 4, label: "other")),
      ])
    #expect(
      explanation.links.map(\.reason) == [
        .object(
          .queueItem, number: 3, label: "jobs",
          crowd: Explanation.Crowd(waiting: 2, opposite: 1))
      ])
  }

  @Test func `nothing is counted when not all tasks were looked at`() throws {
    let explanation = try explain(
      1, [StubInspector.task(1, .future(7, label: "")), StubInspector.task(2, .outside(.unknown))]
    ) { $0.listingLimit = 1 }
    #expect(explanation.links.map(\.reason) == [.future(number: 7, label: "", waiting: nil)])
  }

  // MARK: Chains

  @Test func `a chain is followed to its end, through tasks, groups and locks`() throws {
    let explanation = try explain(
      1,
      [
        StubInspector.task(1, .task(TaskID(2))),
        StubInspector.task(2, .tasks([TaskID(3), TaskID(4), TaskID(9)])),
        StubInspector.task(3, .timer(remaining: .seconds(1))),
        StubInspector.task(4, .object(.lock, number: 7, label: "db"), heldBy: 5),
        StubInspector.task(5, .timer(remaining: .seconds(2))),
      ])
    #expect(explanation.links.map(\.task) == [id(1), id(2), id(4), id(5)])
    #expect(
      explanation.links.map(\.reason) == [
        .task(id(2)), .tasks(count: 3, left: 2, next: id(4)),
        .lock(number: 7, label: "db", holder: WaitSnapshot.Holder(task: id(5))),
        .timer(remaining: .seconds(2)),
      ])
    #expect(explanation.cycle == nil)
  }

  @Test func `of several tasks, the one that sleeps longest is followed`() throws {
    let explanation = try explain(
      1,
      [
        StubInspector.task(1, .tasks([TaskID(2), TaskID(3), TaskID(4)])),
        StubInspector.task(2, .timer(remaining: .seconds(1))),
        StubInspector.task(3, .timer(remaining: .seconds(9))),
        StubInspector.task(4, .ready),
      ])
    #expect(explanation.links.map(\.task) == [id(1), id(3)])
  }

  @Test func `a circle at the end of a chain is named, from its lowest task on`() throws {
    let explanation = try explain(
      1,
      [
        StubInspector.task(1, .tasks([TaskID(2), TaskID(4)])),
        StubInspector.task(2, .timer(remaining: .seconds(1))),
        StubInspector.task(3, .task(TaskID(4))), StubInspector.task(4, .task(TaskID(3))),
      ])
    #expect(explanation.links.map(\.task) == [id(1), id(4), id(3)])
    #expect(explanation.cycle == [id(3), id(4)])
  }

  @Test func `a circle through locks is one, and so is a lock that a task takes twice`() throws {
    let two = try explain(
      1,
      [
        StubInspector.task(1, .object(.lock, number: 7, label: ""), heldBy: 2),
        StubInspector.task(2, .object(.lock, number: 8, label: ""), heldBy: 1),
      ])
    #expect(two.cycle == [id(1), id(2)])
    let one = try explain(
      1, [StubInspector.task(1, .object(.lock, number: 7, label: ""), heldBy: 1)])
    #expect(one.cycle == [id(1)])
  }

  @Test func `a task beyond the listing is looked up, a hundred of them at most`() throws {
    let chain = (1...300).map { number in
      StubInspector.task(UInt64(number), .task(TaskID(UInt64(number + 1))))
    }
    let whole = try explain(1, chain + [StubInspector.task(301, .outside(.unknown))])
    #expect(whole.links.count == Explanation.linkLimit)
    #expect(whole.omittedLinks == 201)
    #expect(whole.links.last?.reason == .outside(.unknown))
    let part = try explain(1, chain) { $0.listingLimit = 10 }
    #expect(part.links.last?.task == id(111))
    #expect(part.links.last?.reason == .unknown)
  }

  // MARK: The loop

  private func loopState(
    _ tasks: [TaskSnapshot], edit: (inout StubInspector) -> Void = { _ in }
  ) throws -> LoopState {
    var inspector = StubInspector(tasks: tasks)
    edit(&inspector)
    return try inspector.explanation(ofRunner: "main").loop
  }

  @Test func `a loop that cannot turn says why`() throws {
    let sleeper = StubInspector.task(1, .timer(remaining: .seconds(1)))
    #expect(try loopState([]) { $0.runner.phase = .created } == .notMade)
    #expect(try loopState([sleeper]) { $0.runner.phase = .closed } == .closed)
    #expect(try loopState([sleeper]) { $0.loop.phase = .closed } == .closed)
    #expect(try loopState([sleeper]) { $0.loop.phase = .idle } == .standing)
    let step = LoopSnapshot.Step(
      task: TaskID(4), elapsed: .milliseconds(1800), systemCall: "read")
    #expect(
      try loopState([sleeper, StubInspector.task(4, .running)]) { $0.loop.step = step }
        == .blocked(by: step, name: "t4"))
    let callback = LoopSnapshot.Step(task: nil, elapsed: .seconds(1))
    #expect(
      try loopState([sleeper]) { $0.loop.step = callback } == .blocked(by: callback, name: ""))
  }

  @Test func `a loop that turns says what it waits for`() throws {
    #expect(try loopState([]) == .empty)
    #expect(
      try loopState([StubInspector.task(1, .ready)]) { $0.loop.ready = 2 } == .busy(queued: 2))
    #expect(
      try loopState([StubInspector.task(1, .outside(.unknown))]) {
        $0.loop.step = LoopSnapshot.Step(task: TaskID(1), elapsed: .milliseconds(2))
      } == .busy(queued: 0))
    let timer = LoopSnapshot.Timer(remaining: .seconds(1), task: TaskID(1))
    #expect(
      try loopState([StubInspector.task(1, .timer(remaining: .seconds(1)))]) {
        ($0.loop.timers, $0.loop.timerCount) = ([timer], 1)
      } == .timer(remaining: .seconds(1), task: id(1)))
    #expect(
      try loopState([StubInspector.task(1, .readable(descriptor: 7))]) {
        $0.loop.descriptors = [
          LoopSnapshot.Descriptor(number: 7, watchesReading: true, watchesWriting: false)
        ]
      } == .descriptors([7]))
    #expect(
      try loopState([StubInspector.task(1, .object(.executor, number: 2, label: ""))])
        == .threads(tasks: 1))
    #expect(
      try loopState([
        StubInspector.task(1, .outside(.unknown)), StubInspector.task(2, .future(3, label: "")),
      ])
        == .outside(tasks: 1))
  }

  @Test func `a loop is stalled only when that is known for certain`() throws {
    let waiting = StubInspector.task(1, .object(.event, number: 2, label: "go"))
    #expect(try loopState([waiting]) == .stalled)
    // Another task may set the event, and a picture that was taken beside a step may be wrong.
    let other = StubInspector.task(2, .object(.generator, number: 3, label: ""))
    #expect(try loopState([waiting, other]) == .waiting)
    #expect(try loopState([waiting, waiting]) { $0.listingLimit = 1 } == .waiting)
    #expect(try loopState([waiting]) { $0.loop.consistency = .sampled } == .waiting)
    #expect(try loopState([waiting, StubInspector.task(2, .created)]) == .busy(queued: 0))
  }

  @Test func `a runner is explained by its main task, or by the circle that holds it up`() throws {
    let tasks = [
      StubInspector.task(1, .timer(remaining: .seconds(1))),
      StubInspector.task(2, .task(TaskID(3))), StubInspector.task(3, .task(TaskID(2))),
    ]
    var inspector = StubInspector(tasks: tasks)
    inspector.runner.mainTask = TaskID(1)
    let explanation = try inspector.explanation(ofRunner: "main")
    #expect(explanation.cycle == [id(2), id(3)])
    inspector.tasks.removeLast(2)
    #expect(try inspector.explanation(ofRunner: "main").links.map(\.task) == [id(1)])
    inspector.runner.mainTask = nil
    #expect(try inspector.explanation(ofRunner: "main").links.isEmpty)
  }

  @Test func `ten thousand links and a hundred thousand awaited tasks are explained`() throws {
    let count: UInt64 = 10_000
    let chain = (1..<count).map { StubInspector.task($0, .task(TaskID($0 + 1))) }
    let long = try explain(1, chain + [StubInspector.task(count, .outside(.unknown))])
    #expect(long.links.count + long.omittedLinks == 10_000)
    #expect(
      try explain(1, chain + [StubInspector.task(count, .task(TaskID(1)))]).cycle?.count == 10_000)
    let crowd = (2...100_001).map { StubInspector.task(UInt64($0), .future(1, label: "")) }
    let gather = StubInspector.task(1, .tasks(crowd.map(\.id)))
    let wide = try explain(1, [gather] + crowd)
    #expect(wide.links.map(\.task) == [id(1), id(2)])
  }
}
