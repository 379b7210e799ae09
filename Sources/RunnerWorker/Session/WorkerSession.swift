internal import RunnerCore
package import RunnerMonitor

/// The far side of the prompt: runners by name, each with its thread, and the runs they do.
///
/// Every call may be made from any thread, at the same time.
package final class WorkerSession: Sendable {
  let inspector = LocalInspector()
  let waitRoom = WaitRoom()
  let source: any CoroutineSource
  let cells: (any SwiftSource)?
  private let terminal: LentTerminal?
  private let hosts = LockedValue<[RunnerHost]>([])
  /// Circles of waiting tasks that were told of; each is news once.
  private let toldCycles = LockedValue<Set<Set<TaskID>>>([])
  /// Runs that can never end and were told of, with what they wait for; each is news once.
  private let toldStalls = LockedValue<Set<[TaskID]>>([])
  private let jobTable = LockedValue(JobTable())
  private let eventHandler: LockedValue<@Sendable (MonitorEvent) -> Void>

  /// Creates a session without runners.
  package init(
    source: any CoroutineSource, cells: (any SwiftSource)? = nil, terminal: LentTerminal? = nil
  ) {
    self.source = source
    self.terminal = terminal
    self.cells = cells
    eventHandler = LockedValue({ _ in })
    cells?.give { [weak self] in self?.allHosts.map(\.runner) ?? [] }
  }

  /// Receives what happens without being asked for; called from any thread.
  package var onEvent: @Sendable (MonitorEvent) -> Void {
    get { eventHandler.withLock { $0 } }
    set { eventHandler.withLock { $0 = newValue } }
  }

  // MARK: Hosts

  /// The runner with this name.
  ///
  /// - Throws: `RunnerError.notFound`.
  func host(named name: String) throws -> RunnerHost {
    guard let host = hosts.withLock({ $0.last { $0.runner.name == name } }) else {
      throw RunnerError(.notFound, "There is no runner '\(name)'; 'runners' lists those there are.")
    }
    return host
  }

  /// The runner with this name, to run something on it.
  ///
  /// - Throws: `RunnerError.notFound`, or `.closed` with what can be done then.
  func openHost(named name: String) throws -> RunnerHost {
    let host = try host(named: name)
    guard host.runner.phase != .closed else {
      throw RunnerError(
        .closed,
        "The runner '\(name)' is closed: it runs nothing any more; 'new \(name)' makes another.")
    }
    return host
  }

  var allHosts: [RunnerHost] { hosts.withLock { $0 } }

  /// Lists a runner; a closed one with the same name makes room for it.
  func add(_ runner: Runner) throws -> RunnerHost {
    let host = RunnerHost(runner: runner, terminal: terminal) { [weak self] event in
      self?.note(event)
    }
    try hosts.withLock { hosts in
      if let index = hosts.firstIndex(where: { $0.runner.name == runner.name }) {
        switch hosts[index].runner.phase {
        case .closed: break
        case .initialized:
          throw RunnerError(
            .alreadyExists,
            "There is a runner '\(runner.name)' already; choose another name, or close it first.")
        case .created:
          throw RunnerError(
            .alreadyExists,
            "There is a runner '\(runner.name)' already, as new as can be; use it, or choose another"
              + " name.")
        }
        hosts.remove(at: index)
      }
      hosts.append(host)
    }
    inspector.add(runner)
    return host
  }

  /// The loop that has this task among its live ones.
  func loop(ofLive task: TaskID) -> (RunnerHost, EventLoop, AnyRunnerTask)? {
    for host in allHosts {
      if let loop = host.runner.existingLoop, let found = loop.liveTask(task) {
        return (host, loop, found)
      }
    }
    return nil
  }

  // MARK: Jobs

  func withJobs<R>(_ body: (inout JobTable) -> R) -> R { jobTable.withLock(body) }

  private func note(_ event: RunnerHost.HostEvent) {
    switch event {
    case .jobStarted(let job, let task):
      withJobs { $0.noteTask(task, of: job) }
    case .jobEnded(let job, let state, let bindings, let cpuTime):
      let ended = withJobs { $0.end(job, state, bindings, cpuTime: cpuTime) }
      guard let (snapshot, observers) = ended else { return }
      onEvent(.jobEnded(snapshot))
      for latch in observers { latch.open() }
    case .failed(let error):
      onEvent(.note("A runner's loop cannot turn any more: \(error)"))
    case .outputLost:
      onEvent(.note(WorkerMain.outputLost))
    }
  }

  /// Called when a loop waits with nothing ahead that could wake it.
  func noteStall(of runner: String, loop: EventLoop) {
    if let cycle = loop.awaitCycle(), toldCycles.withLock({ $0.insert(Set(cycle)).inserted }) {
      return onEvent(.deadlock(runner: runner, tasks: cycle))
    }
    guard let explanation = loop.stalledRun(), explanation.cycle == nil,
      let last = explanation.links.last, let wait = loop.snapshot(of: last.task)?.wait
    else { return }
    let tasks = explanation.links.map(\.task)
    guard toldStalls.withLock({ $0.insert(tasks).inserted }) else { return }
    onEvent(.stalled(runner: runner, tasks: tasks, wait: wait))
  }
}
