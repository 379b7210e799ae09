import RunnerCore
import RunnerMonitor
import RunnerWorker
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkerSessionTests {
  let session = WorkerSession(source: ScriptedSource())

  init() throws {
    _ = try session.makeRunner(RunnerOptions(name: "main"))
  }

  private func message(_ body: () throws -> Void) throws -> String {
    try #require(throws: RunnerError.self, performing: body).message
  }

  private func waitUntilSuspended(_ task: TaskID) throws {
    while try session.task(task).state != .suspended {}
  }

  @Test func `more tasks can be cancelled at once than the history remembers`() throws {
    _ = try session.startRunner("main")
    let ids = try (0..<300).map { try session.spawn("sleep", on: "main", named: "t\($0)").id }
    try ids.forEach(waitUntilSuspended)
    let outcomes = try session.cancel(CancelRequest(tasks: ids, limit: .seconds(30)))
    #expect(outcomes.map(\.task.id) == ids)
    #expect(
      outcomes.allSatisfy {
        if case .cancelled = $0.result { true } else { false }
      })
  }

  // MARK: Runners

  @Test func `a new runner has no loop until it is needed`() throws {
    #expect(try session.runners().map(\.phase) == [.created])
    #expect(
      try message { _ = try session.loop(of: "main") }
        == "The runner 'main' has no loop yet; 'start main' makes it.")
  }

  @Test func `a name that exists is refused, and free again after close`() throws {
    #expect(
      try message { _ = try session.makeRunner(RunnerOptions(name: "main")) }
        == "There is a runner 'main' already, as new as can be; use it, or choose another name.")
    _ = try session.startRunner("main")
    _ = try session.close("main", deadline: nil)
    #expect(try session.makeRunner(RunnerOptions(name: "main")).phase == .created)
    #expect(try session.runners().count == 1)
  }

  @Test func `an unknown runner is named in the error`() throws {
    #expect(
      try message { _ = try session.startRunner("mian") }
        == "There is no runner 'mian'; 'runners' lists those there are.")
  }

  @Test func `start turns the loop in the background, stop lets it stand still`() throws {
    let started = try session.startRunner("main")
    #expect(started.isStarted)
    #expect(started.activity == .turning)
    let stopped = try session.stopRunner("main")
    #expect(!stopped.isStarted)
    #expect(stopped.activity == .idle)
    #expect(try session.startRunner("main").activity == .turning)
  }

  @Test func `the runners of a worker measure`() throws {
    let task = try session.spawn("sleep", on: "main", named: "sleeper")
    _ = try session.startRunner("main")
    try waitUntilSuspended(task.id)
    #expect(try session.task(task.id).times != nil)
    #expect(try session.loop(of: "main").stepTimes != nil)
    let outcomes = try session.cancel(CancelRequest(tasks: [task.id], message: "enough"))
    #expect(outcomes[0].task.cancellations.map(\.requester) == [.tool])
    #expect(try session.history(TaskQuery()).tasks.last?.times != nil)
  }

  // MARK: Running

  @Test func `a run returns its value`() throws {
    let job = try session.run("value", on: "main")
    let ended = try session.wait(for: job.id, limit: nil)
    #expect(ended.state == .returned(ValueSnapshot(type: "Int", text: "42")))
    #expect(ended.task != nil)
  }

  @Test func `a run that fails says with what`() throws {
    let job = try session.run("fail", on: "main")
    let ended = try session.wait(for: job.id, limit: nil)
    #expect(ended.state == .failed(ErrorSnapshot(type: "Failure", message: "it failed")))
  }

  @Test func `a run works on a started runner, which turns again afterwards`() throws {
    _ = try session.startRunner("main")
    for _ in 0..<20 {
      let job = try session.run("value", on: "main")
      #expect(
        try session.wait(for: job.id, limit: nil).state
          == .returned(ValueSnapshot(type: "Int", text: "42")))
    }
    let task = try session.spawn("swallow", on: "main", named: nil)
    try waitUntilSuspended(task.id)
    let outcomes = try session.cancel(CancelRequest(tasks: [task.id]))
    guard case .ended(.returned(nil), _) = outcomes[0].result else {
      Issue.record("unexpected \(outcomes)")
      return
    }
  }

  @Test func `a run inside a run is refused and changes nothing`() throws {
    let job = try session.run("sleep", on: "main")
    #expect(
      try message { _ = try session.run("value", on: "main") }
        == "The runner 'main' is busy with job 1 (sleep): 'fg 1' waits for it, 'interrupt main' ends it;"
        + " beside it, 'spawn' makes tasks, and 'new NAME', 'use NAME' another runner.")
    #expect(try session.jobs().map(\.id) == [job.id])
    try interruptUntilEnded(job)
  }

  @Test func `an unknown coroutine makes no job`() throws {
    #expect(
      try message { _ = try session.run("fetsch", on: "main") }
        == "There is no coroutine 'fetsch'.")
    #expect(try session.jobs().isEmpty)
  }

  // MARK: Interrupting

  private func waitForMain(_ runner: String = "main") throws -> TaskID {
    while true {
      if let main = try session.runners().first(where: { $0.name == runner })?.mainTask {
        return main
      }
    }
  }

  private func interruptUntilEnded(_ job: JobSnapshot) throws {
    _ = try waitForMain()
    _ = try session.interrupt("main")
    _ = try session.interrupt("main")
    _ = try session.wait(for: job.id, limit: nil)
  }

  @Test func `the first interrupt cancels the main task`() throws {
    let job = try session.run("sleep", on: "main")
    let main = try waitForMain()
    #expect(try session.interrupt("main") == .cancelRequested(main))
    let ended = try session.wait(for: job.id, limit: nil)
    #expect(ended.state == .interrupted(mainIsPending: false))
  }

  @Test func `the second interrupt ends the run and leaves the main task pending`() throws {
    let job = try session.run("stubborn", on: "main")
    let main = try waitForMain()
    try waitUntilSuspended(main)
    #expect(try session.interrupt("main") == .cancelRequested(main))
    #expect(try session.interrupt("main") == .runAborted(main))
    let ended = try session.wait(for: job.id, limit: nil)
    #expect(ended.state == .interrupted(mainIsPending: true))
    #expect(try session.task(main).state.isLive)
  }

  @Test func `an interrupt of an idle runner does nothing`() throws {
    #expect(try session.interrupt("main") == .nothingRunning)
  }

  // MARK: Spawning and cancelling

  @Test func `spawned tasks stand still until the runner is started`() throws {
    let task = try session.spawn("nothing", on: "main", named: "quiet")
    #expect(task.name == "quiet")
    #expect(task.state == .created)
    _ = try session.startRunner("main")
    #expect(try session.wait(for: task.id, limit: .seconds(10)).state == .finished)
  }

  @Test func `cancelling a sleeping task says after how long it ended`() throws {
    _ = try session.startRunner("main")
    let task = try session.spawn("sleep", on: "main", named: nil)
    let outcomes = try session.cancel(CancelRequest(tasks: [task.id], message: "enough"))
    guard case .cancelled(let after) = outcomes[0].result else {
      Issue.record("unexpected \(outcomes)")
      return
    }
    #expect(after < .seconds(2))
    #expect(outcomes[0].task.cancellationMessage == "enough")
  }

  @Test func `a task that ignores cancellation is named after the limit`() throws {
    _ = try session.startRunner("main")
    let task = try session.spawn("stubborn", on: "main", named: nil)
    try waitUntilSuspended(task.id)
    let outcomes = try session.cancel(
      CancelRequest(tasks: [task.id], limit: .milliseconds(50)))
    guard case .ignored(let elapsed) = outcomes[0].result else {
      Issue.record("unexpected \(outcomes)")
      return
    }
    #expect(elapsed >= .milliseconds(50))
    #expect(outcomes[0].task.wait?.site?.fileName == "ScriptedSource.swift")
  }

  @Test func `cancelling on a runner that stands still only requests`() throws {
    let task = try session.spawn("sleep", on: "main", named: nil)
    let outcomes = try session.cancel(CancelRequest(tasks: [task.id]))
    #expect(outcomes[0].result == .requestedOnly)
    #expect(try session.task(task.id).cancellationRequests == 1)
  }

  @Test func `cancelling an ended task says so, an unknown one is an error`() throws {
    _ = try session.startRunner("main")
    let task = try session.spawn("nothing", on: "main", named: nil)
    _ = try session.wait(for: task.id, limit: nil)
    #expect(try session.cancel(CancelRequest(tasks: [task.id]))[0].result == .alreadyEnded)
    #expect(
      try message { _ = try session.cancel(CancelRequest(tasks: [TaskID(999_999)])) }
        == "There is no task 999999; 'ps' lists the live ones.")
  }

  @Test func `a child that Swift made is cancelled and awaited with its task, not alone`() throws {
    _ = try session.startRunner("main")
    let task = try session.spawn("asyncLet", on: "main", named: "parent")
    try waitUntilSuspended(task.id)
    let child = try suspendedChild()
    #expect(
      try message { _ = try session.cancel(CancelRequest(tasks: [child.id])) }
        == "Task \(child.id) (\(child.name)) is a child that Swift made inside of task \(task.id)"
        + " (parent), and cannot be cancelled alone: 'cancel \(task.id)' means both.")
    #expect(
      try message { _ = try session.wait(for: child.id, limit: nil) }
        == "Task \(child.id) (\(child.name)) is a child that Swift made inside of task \(task.id)"
        + " (parent), and cannot be waited for alone: 'wait \(task.id)' means both.")
    #expect(try session.task(task.id).cancellationRequests == 0)
    let outcomes = try session.cancel(CancelRequest(tasks: [child.id, task.id]))
    #expect(outcomes.map(\.task.id) == [task.id])
    guard case .cancelled = outcomes.first?.result else {
      Issue.record("unexpected \(outcomes)")
      return
    }
  }

  /// The one child that Swift has made, once it waits.
  private func suspendedChild() throws -> TaskSnapshot {
    while true {
      let child = try session.tasks(TaskQuery()).tasks.first { $0.role == .child }
      if let child, child.state == .suspended { return child }
    }
  }

  @Test func `cancelling a family reaches the children`() throws {
    _ = try session.startRunner("main")
    let parent = try session.spawn("parent", on: "main", named: nil)
    try waitUntilSuspended(parent.id)
    let outcomes = try session.cancel(
      CancelRequest(tasks: [parent.id], includesChildren: true))
    #expect(outcomes.count == 2)
    for outcome in outcomes {
      guard case .cancelled = outcome.result else {
        Issue.record("unexpected \(outcome)")
        continue
      }
    }
  }

  @Test func `abandonWaits sends waiters away and leaves the task alone`() throws {
    _ = try session.startRunner("main")
    let task = try session.spawn("sleep", on: "main", named: nil)
    let session = session
    let errors = LockedValue<[RunnerError.Code]>([])
    let done = Latch()
    let began = Latch()
    startDetachedThread {
      began.open()
      do { _ = try session.wait(for: task.id, limit: nil) } catch let error as RunnerError {
        errors.withLock { $0.append(error.code) }
      } catch {}
      done.open()
    }
    _ = began.wait()
    while !done.wait(limit: .milliseconds(1)) { session.abandonWaits() }
    #expect(errors.withLock { $0 } == [.abandoned])
    try waitUntilSuspended(task.id)
    #expect(try session.task(task.id).cancellationRequests == 0)
  }

  // MARK: Stuck, dead and closed

  @Test func `a loop stuck in synchronous code is seen from outside`() throws {
    let job = try session.run("spin", on: "main")
    let main = try waitForMain()
    while try session.task(main).state != .running {}
    let start = ContinuousClock.now
    let loop = try session.loop(of: "main")
    let listing = try session.tasks(TaskQuery())
    #expect(ContinuousClock.now - start < .seconds(1))
    #expect(loop.consistency == .sampled)
    #expect(loop.step?.task == main)
    #expect(listing.tasks.map(\.state) == [.running])
    _ = try session.wait(for: job.id, limit: nil)
  }

  @Test func `tasks that wait for each other are told of`() throws {
    let events = LockedValue<[MonitorEvent]>([])
    let told = Latch()
    session.onEvent = { event in
      events.withLock { $0.append(event) }
      told.open()
    }
    let job = try session.run("deadlock", on: "main")
    #expect(told.wait(limit: .seconds(20)))
    guard case .deadlock("main", let tasks) = events.withLock({ $0[0] }) else {
      Issue.record("unexpected event")
      return
    }
    let names = try tasks.map { try session.task($0).name }
    #expect(Set(names) == ["a", "b"])
    try interruptUntilEnded(job)
  }

  @Test(arguments: [("gate", "main child"), ("locks", "a b")])
  func `a run that nothing can end is told of once, with what it waits for`(
    expression: String, names: String
  ) throws {
    let told = Latch()
    let events = LockedValue<[MonitorEvent]>([])
    session.onEvent = { event in
      if case .jobEnded = event { return }
      events.withLock { $0.append(event) }
      told.open()
    }
    _ = try session.makeRunner(RunnerOptions(name: "lab"))
    let job = try session.run(expression, on: "lab")
    #expect(told.wait(limit: .seconds(20)))
    let found: [TaskID]
    switch events.withLock({ $0[0] }) {
    case .deadlock("lab", let tasks): found = tasks
    case .stalled("lab", let tasks, let wait):
      found = tasks
      guard case .object(.event, _, "gate") = wait.subject else {
        Issue.record("unexpected \(wait)")
        return
      }
    default: found = []
    }
    let seen = try found.map { try session.task($0).name }
    #expect(seen.count == 2 && (names == "a b") == (Set(seen) == ["a", "b"]))
    let explanation = try session.explanation(ofRunner: "lab")
    #expect(explanation.loop == .stalled)
    #expect((explanation.cycle != nil) == (expression == "locks"))
    #expect(events.withLock { $0.count } == 1)
    while try session.wait(for: job.id, limit: .milliseconds(10)).state == .running {
      _ = try session.interrupt("lab")
    }
  }

  @Test func `a started runner without a run waits for more to do, and that is told to nobody`()
    throws
  {
    let events = LockedValue<[MonitorEvent]>([])
    session.onEvent = { event in events.withLock { $0.append(event) } }
    _ = try session.startRunner("main")
    let task = try session.spawn("gate", on: "main", named: "waiter")
    try waitUntilSuspended(task.id)
    let job = try session.run("foreign", on: "main")
    #expect(
      try session.wait(for: job.id, limit: nil).state
        == .returned(ValueSnapshot(type: "Int", text: "1")))
    #expect(events.withLock { $0.count { if case .stalled = $0 { true } else { false } } } == 0)
    #expect(try session.explanation(of: task.id).links.count == 2)
  }

  @Test func `an error that nobody looks at is told of in one line`() throws {
    let told = Latch()
    let notes = LockedValue<[String]>([])
    session.onEvent = { event in
      guard case .note(let text) = event else { return }
      notes.withLock { $0.append(text) }
      told.open()
    }
    _ = try session.startRunner("main")
    let task = try session.spawn("fail", on: "main", named: "broken")
    #expect(told.wait(limit: .seconds(20)))
    let failure = "Failure: it failed"
    #expect(
      notes.withLock { $0 } == [
        "main: Task exception was never retrieved; error: \(failure); "
          + "task: <Task \(task.id) 'broken' failed with \(failure)>"
      ])
  }

  @Test(arguments: [false, true])
  func `a runner runs first steps where tasks are made if it was made so`(isEager: Bool) throws {
    _ = try session.makeRunner(RunnerOptions(name: "other", startsTasksEagerly: isEager))
    let job = try session.run("firstStep", on: "other")
    let ended = try session.wait(for: job.id, limit: nil)
    #expect(ended.state == .returned(ValueSnapshot(type: "Bool", text: "\(isEager)")))
  }

  @Test func `close reports what became of the tasks, and the runner runs nothing more`() throws {
    _ = try session.startRunner("main")
    _ = try session.spawn("sleep", on: "main", named: nil)
    _ = try session.spawn("stubborn", on: "main", named: nil)
    while try session.tasks(TaskQuery(states: [.suspended])).matching < 2 {}
    let report = try session.close("main", deadline: .milliseconds(50))
    #expect(report.cancelledTasks == 1)
    #expect(report.refusedTasks.map(\.name) == ["stubborn"])
    #expect(try session.runners().map(\.phase) == [.closed])
    #expect(
      try message { _ = try session.run("value", on: "main") }
        == "The runner 'main' is closed: it runs nothing any more; 'new main' makes another.")
    #expect(try session.close("main", deadline: nil).didClose == false)
  }

  @Test func `ten thousand sleeping tasks are listed within a limit and closed`() throws {
    _ = try session.startRunner("main")
    for _ in 0..<10_000 { _ = try session.spawn("sleep", on: "main", named: nil) }
    let listing = try session.tasks(TaskQuery(limit: 50))
    #expect(listing.tasks.count == 50)
    #expect(listing.matching == 10_000)
    #expect(try session.close("main", deadline: nil).cancelledTasks == 10_000)
  }
}
