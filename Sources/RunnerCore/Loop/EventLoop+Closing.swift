extension EventLoop {
  /// Ends all that is left, in order: tasks, in rounds, then generators, then the threads of the
  /// default pool; within the limit.
  func closeDown(within limit: Duration) throws -> CloseReport {
    if hasNothingToEnd { return CloseReport() }
    var rounds = CancellationRounds(deadline: now.advanced(by: limit))
    let alarm = try schedule(at: rounds.deadline) {}
    defer { alarm.cancel() }
    var report = CloseReport()
    do {
      try awaitTasks(&rounds)
      // Cleanup of a generator may begin others.
      while !generators.isEmpty, now < rounds.deadline {
        let closers = beginGeneratorShutdown()
        report.closedGenerators += closers.count
        rounds.spare(closers)
        try awaitTasks(&rounds)
      }
      report.unfinishedJobs = try joinDefaultPool(until: rounds.deadline, limit: limit)
    } catch is RunnerInterrupted {
      report.wasInterrupted = true
    }
    rounds.account(in: &report, on: self)
    let picture = TaskPicture(of: self, natives: .exact)
    report.refusedTasks = picture.tasks.map { picture.snapshot(of: $0, awaitedBy: []) }
    return report
  }

  /// Whether `closeDown` would find neither tasks nor generators nor a default pool; owner only.
  var hasNothingToEnd: Bool {
    registry.liveCount == 0 && generators.isEmpty && defaultExecutor == nil
  }

  /// Cancels and awaits until no task is left, the limit has passed, or an interrupt.
  private func awaitTasks(_ rounds: inout CancellationRounds) throws {
    rounds.ask(tasks)
    var turns = 0
    while registry.liveCount > generatorTasks, now < rounds.deadline {
      // A round ends when it has nothing more to do at once, and in any case after 100 turns:
      // newcomers that never wait must be asked as well.
      turns += 1
      // A stop ends runs; here it would only keep the loop from waiting.
      isStopping = false
      if (ready.isEmpty && !inbox.mayHaveEntries) || turns % 100 == 0 { rounds.ask(tasks) }
      try turn()
      sweepAdopted()
      try handleInterrupts()
    }
  }
}

/// The tasks that `close` has asked to end, each once.
private struct CancellationRounds {
  let deadline: LoopInstant
  private var count = 0
  private var asked: [AnyRunnerTask] = []
  private var known = Set<TaskID>()

  init(deadline: LoopInstant) {
    self.deadline = deadline
  }

  /// Cancels those that were not asked before.
  mutating func ask(_ tasks: [AnyRunnerTask]) {
    let newcomers = tasks.filter { known.insert($0.id).inserted }
    if newcomers.isEmpty { return }
    count += 1
    asked += newcomers
    // Each is asked once, however many wait for it: otherwise a chain of tasks would be walked from
    // each of its links to the end.
    var pass = CancellationPass(number: 0, message: nil, requester: .close, site: nil)
    for task in newcomers {
      pass.number = task.loop.nextCancellationPass()
      pass.roundStart = min(pass.roundStart, pass.number)
      _ = task.acceptCancellation(pass)
    }
  }

  /// Lets tasks of the close itself go on.
  mutating func spare(_ tasks: [AnyRunnerTask]) {
    known.formUnion(tasks.map(\.id))
  }

  /// Notes what became of those that were asked, and tells of their errors.
  func account(in report: inout CloseReport, on loop: EventLoop) {
    report.rounds = count
    for task in asked {
      switch task.state {
      case .cancelled: report.cancelledTasks += 1
      case .failed:
        report.failedTasks += 1
        task.markRead()
        // What leaves `close` is told by the error that it throws.
        if task.failure is RunnerInterrupted { continue }
        loop.report(
          LoopReport(
            message: "Unhandled exception during the runner's shutdown", error: task.failure,
            about: task))
      case .finished: report.finishedTasks += 1
      case .created, .ready, .running, .suspended: continue
      }
    }
  }
}
