private import CRunnerRuntime
private import Synchronization

extension Runner {
  /// Cancels and awaits all tasks that are left, closes the loop, and says what became of them.
  ///
  /// Tasks born meanwhile are cancelled and awaited too, in rounds. A task that has not ended by the
  /// deadline is named in the report, with the place where it waits, and never resumed. Before first
  /// use `close` does nothing, and neither does closing again. Runs on the calling thread. Mirrors
  /// `Runner.close()`.
  ///
  /// - Parameter deadline: how long to wait; `nil` means the configuration's `closeDeadline`.
  /// - Returns: what became of the tasks that were left.
  /// - Throws: `RunnerError.alreadyRunning` while the loop runs, and nothing has changed then;
  ///   `RunnerInterrupted` with the report so far when an interrupt cut it short.
  @discardableResult
  public func close(deadline: Duration? = nil) throws -> CloseReport {
    let (phase, existing) = lifecycle.withLock { ($0.phase, $0.loop) }
    guard phase == .initialized, let loop = existing else { return CloseReport(didClose: false) }
    if runner_current_loop() != nil || loop.isRunning {
      throw RunnerError(
        .alreadyRunning,
        "Runner '\(name)' cannot be closed while it runs; let its run end, or interrupt it, first.")
    }
    let start = runner_monotonic_now()
    var report = try loop.whileRunning {
      let signals = InterruptSignals(configuration.interruptSignals)
      defer { signals.restore() }
      loop.resetInterrupts(usesSignals: signals.areInstalled)
      closing.store(true, ordering: .releasing)
      defer { closing.store(false, ordering: .releasing) }
      return try loop.cancelRemaining(within: deadline ?? configuration.closeDeadline)
    }
    try loop.close()
    lifecycle.withLock { $0.close() }
    report.duration = .nanoseconds(runner_monotonic_now() - start)
    if report.wasInterrupted { throw RunnerInterrupted(closeReport: report) }
    return report
  }
}

extension EventLoop {
  /// Cancels and awaits, in rounds, until no task is left, the limit has passed, or an interrupt.
  func cancelRemaining(within limit: Duration) throws -> CloseReport {
    var report = CloseReport()
    var asked: [AnyRunnerTask] = []
    var askedIDs = Set<TaskID>()
    let deadline = now.advanced(by: limit)
    let alarm = try schedule(at: deadline) {}
    defer { alarm.cancel() }

    func askNewcomers() {
      let newcomers = tasks.filter { !askedIDs.contains($0.id) }
      if newcomers.isEmpty { return }
      report.rounds += 1
      for task in newcomers {
        askedIDs.insert(task.id)
        asked.append(task)
        _ = task.requestCancellation(message: nil)
      }
    }

    do {
      askNewcomers()
      var turns = 0
      while registry.liveCount > 0, now < deadline {
        // A round ends when it has nothing more to do at once, and in any case after 100 turns:
        // newcomers that never wait must be asked as well.
        turns += 1
        // A stop ends runs; here it would only keep the loop from waiting.
        isStopping = false
        if (ready.isEmpty && !inbox.mayHaveEntries) || turns % 100 == 0 { askNewcomers() }
        try turn()
        try handleInterrupts()
      }
    } catch is RunnerInterrupted {
      report.wasInterrupted = true
    }
    for task in asked {
      switch task.state {
      case .cancelled: report.cancelledTasks += 1
      case .failed:
        report.failedTasks += 1
        task.markRead()
        // What leaves `close` is told by the error that it throws.
        if task.failure is RunnerInterrupted { break }
        self.report(
          LoopReport(
            message: "Unhandled exception during the runner's shutdown", error: task.failure,
            about: task))
      case .finished: report.finishedTasks += 1
      case .created, .ready, .running, .suspended: break
      }
    }
    let picture = TaskPicture(of: self)
    report.refusedTasks = picture.tasks.map { picture.snapshot(of: $0, awaitedBy: []) }
    return report
  }
}
