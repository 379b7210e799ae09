internal import Synchronization

extension EventLoop {
  /// Receives what went wrong where nobody could catch it; mirrors `loop.set_exception_handler()`.
  ///
  /// The default writes it to standard error. Called on the loop's thread, or while no thread runs
  /// the loop on the one that reports; in the context of the task or the callback that the report is
  /// about. What it throws is written to standard error. May be set from any thread.
  public var exceptionHandler: (@Sendable (LoopReport) throws -> Void)? {
    get { reportHandler.ifMade { $0 } ?? nil }
    set { reportHandler.withLock { $0 = newValue } }
  }

  /// Tells the exception handler; mirrors `loop.call_exception_handler()`.
  ///
  /// May be called from any thread.
  public func report(_ report: LoopReport) {
    perform { [self] in deliver(report) }
  }

  private func deliver(_ report: LoopReport) {
    guard let handler = exceptionHandler else { return report.writeToStandardError() }
    let context =
      report.context ?? report.task.flatMap { registry.liveTask($0)?.context } ?? callbackContext
    let previous = reportContext
    reportContext = context
    defer { reportContext = previous }
    do {
      try handler(report)
    } catch let interrupt as RunnerInterrupted where isRunning {
      leave(with: interrupt)
    } catch {
      LoopReport(
        message: "Unhandled error in exception handler", error: error,
        details: ["context": report.text]
      ).writeToStandardError()
    }
  }

  // MARK: Reports of what is gone

  /// Tells the exception handler soon: at the end of the present iteration, or when the loop's owner,
  /// whoever that is, has finished.
  ///
  /// For a deinitialiser, which may be executed on any thread and in the middle of anything.
  func reportSoon(_ report: LoopReport) {
    lateReports.withLock { $0.append(report) }
    hasLateReports.store(true, ordering: .sequentiallyConsistent)
    if isRunningHere { return }
    // Whoever gives up the ownership delivers. One who runs the loop may be asleep.
    if withOwnershipIfAvailable({}) == nil {
      enqueueFromElsewhere(.callback(makeCallback(deadline: nil, place: nil) {}))
    }
  }

  /// Delivers what `reportSoon` was given; owner only.
  func deliverLateReports() {
    while hasLateReports.exchange(false, ordering: .sequentiallyConsistent) {
      let reports = lateReports.withLock { reports in
        defer { reports = [] }
        return reports
      }
      for report in reports { deliver(report) }
    }
  }
}
