private import CRunnerRuntime
private import Synchronization

extension Runner {
  /// Ends all that is left, in order: tasks, generators, the default pool's threads, the loop.
  ///
  /// Tasks born meanwhile are cancelled and awaited too, in rounds. A task that has not ended by the
  /// deadline is named in the report, with the place where it waits, and never resumed; so is work on
  /// a thread, which goes on without the loop. Before first use `close` does nothing, and neither does closing again. Runs on the calling thread. Mirrors
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
    let outcome = try loop.whileRunning { () -> Result<CloseReport, any Error> in
      // Then there is nothing that an interrupt could cut short.
      if loop.hasNothingToEnd { return Result { try loop.closeDown(within: .zero) } }
      let signals = InterruptSignals(configuration.interruptSignals)
      defer { signals.restore() }
      loop.resetInterrupts(usesSignals: signals.areInstalled)
      closing.store(true, ordering: .releasing)
      defer { closing.store(false, ordering: .releasing) }
      return Result { try loop.closeDown(within: deadline ?? configuration.closeDeadline) }
    }
    // Whatever went wrong: the loop is closed.
    try loop.close()
    lifecycle.withLock { $0.close() }
    EventLoop.forgetClosed()
    var report = try outcome.get()
    report.duration = .nanoseconds(runner_monotonic_now() - start)
    if report.wasInterrupted { throw RunnerInterrupted(closeReport: report) }
    return report
  }

  /// Closes on the way out of an error, which becomes the context of one that the close throws.
  @usableFromInline
  func close(after bodyError: any Error) throws {
    do {
      try close()
    } catch var error as RunnerInterrupted {
      error.context = bodyError
      throw error
    } catch {
      var refusal =
        error as? RunnerError
        ?? RunnerError(.system, "Runner '\(name)' could not be closed in order: \(error).")
      refusal.context = bodyError
      throw refusal
    }
  }
}
