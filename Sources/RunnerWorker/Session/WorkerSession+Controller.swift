package import RunnerCore
internal import RunnerMonitor

extension WorkerSession: RunnerController {
  package func makeRunner(_ options: RunnerOptions) throws -> RunnerSnapshot {
    guard !options.name.isEmpty else {
      throw RunnerError(.invalidArgument, "A runner needs a name.")
    }
    // Without the flag the environment decides.
    var configuration = Runner.Configuration(
      name: options.name, debug: options.isDebugging ? true : nil, interruptSignals: [])
    if let deadline = options.closeDeadline { configuration.closeDeadline = deadline }
    configuration.makeLoop = { [weak self] in
      let loop =
        options.usesVirtualTime
        ? EventLoop.virtualTime(name: options.name) : EventLoop(name: options.name)
      loop.stallHandler = { [weak self, weak loop] in
        guard let loop else { return }
        self?.noteStall(of: options.name, loop: loop)
      }
      loop.exceptionHandler = { [weak self] report in
        self?.onEvent(.note(report.sentence(from: options.name)))
      }
      loop.isMeasuring = true
      if options.startsTasksEagerly { loop.taskFactory = EagerTaskFactory() }
      return loop
    }
    return try add(Runner(configuration)).snapshot()
  }

  package func startRunner(_ name: String) throws -> RunnerSnapshot {
    let host = try openHost(named: name)
    try host.start()
    return host.snapshot()
  }

  package func stopRunner(_ name: String) throws -> RunnerSnapshot {
    let host = try host(named: name)
    try host.stop()
    return host.snapshot()
  }

  package func run(_ expression: String, on runner: String) throws -> JobSnapshot {
    let host = try openHost(named: runner)
    let coroutine = try coroutine(for: expression)
    _ = try host.runner.loop
    let job = withJobs { $0.begin(expression, on: runner) }
    do {
      try host.run(
        HostMailbox.Run(job: job.id, expression: expression, coroutine: coroutine))
    } catch {
      withJobs { $0.forget(job.id) }
      throw error
    }
    return job
  }

  package func spawn(
    _ expression: String, on runner: String, named name: String?
  ) throws -> TaskSnapshot {
    let host = try openHost(named: runner)
    let coroutine = try coroutine(for: expression)
    let loop = try host.runner.loop
    let context = host.runner.existingContext.map { SharedRunnerContext($0.value) }
    let task = try loop.makeTask(
      named: name ?? coroutine.name, operation: expression, role: .task, context: context,
      coroutine.body)
    return TaskSnapshot(
      id: task.id, name: task.name, runner: runner, state: task.state, operation: expression)
  }

  package func jobs() throws -> [JobSnapshot] { withJobs { $0.snapshots } }

  package func interrupt(_ runner: String) throws -> InterruptOutcome {
    try host(named: runner).interrupt()
  }

  package func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    try host(named: runner).close(deadline: deadline)
  }

  package func abandonWaits() {
    waitRoom.dismissAll()
    cells?.abandon()
  }

  // MARK: Waiting

  package func wait(for job: JobID, limit: Duration?) throws -> JobSnapshot {
    let latch = Latch()
    if withJobs({ $0.observe(job, latch) }) {
      defer { withJobs { $0.stopObserving(job, latch) } }
      try waitRoom.wait(for: latch, limit: limit)
    }
    guard let snapshot = withJobs({ $0.snapshot(of: job) }) else {
      throw RunnerError(.notFound, "There is no job \(job); 'jobs' lists those there are.")
    }
    return snapshot
  }

  package func wait(for task: TaskID, limit: Duration?) throws -> TaskSnapshot {
    if let (_, loop, live) = loop(ofLive: task) {
      let latch = Latch()
      loop.observeEnd(of: live) { latch.open() }
      try waitRoom.wait(for: latch, limit: limit)
    }
    let snapshot = try self.task(task)
    if let owner = try owner(ofChild: snapshot) {
      throw Self.cannotBeAskedAlone(snapshot, "waited for", owner, "wait")
    }
    return snapshot
  }
}
