private import CRunnerRuntime

extension EventLoop {
  /// Calls `action` on the loop whenever the process gets a signal; mirrors
  /// `loop.add_signal_handler()`.
  ///
  /// Replaces an earlier handler of the signal, also one of another loop, and an interrupt's: with a
  /// handler for SIGINT, Ctrl-C calls it and no longer interrupts. It is called as a callback, in the
  /// context in which it was added, once for each signal that the system delivers; one that comes while
  /// the loop stands still is kept until it runs. `close` removes all. Must be called on the main
  /// thread, by the loop's own code or while no thread runs the loop.
  ///
  /// - Throws: `RunnerError.closed`; `RunnerError.wrongThread`; `RunnerError.invalidArgument` when the
  ///   signal cannot be caught.
  public func addSignalHandler(
    _ signal: Int32, _ action: @escaping @Sendable () throws -> Void
  ) throws {
    try checkOpen()
    guard runner_is_main_thread() else {
      throw RunnerError(
        .wrongThread, "A handler for signal \(signal) can be added on the main thread only.")
    }
    try asSignalOwner(signal) { [self] in
      let watch = try signals ?? SignalWatch()
      try watch.add(signal, DescriptorTable.ScheduledAction(action))
      guard signals == nil else { return }
      try addReader(watch.descriptor) { [unowned self] in callSignalHandlers() }
      signals = watch
    }
  }

  /// Lets the signal have its default action again; mirrors `loop.remove_signal_handler()`.
  ///
  /// During a run that the signal would interrupt, it interrupts again. Must be called by the loop's own
  /// code or while no thread runs the loop.
  ///
  /// - Returns: whether the loop had a handler for it.
  /// - Throws: `RunnerError.wrongThread`.
  @discardableResult
  public func removeSignalHandler(_ signal: Int32) throws -> Bool {
    try asSignalOwner(signal) { [self] in
      guard let signals, signals.remove(signal) else { return false }
      if signals.actions.isEmpty { removeSignalHandlers() }
      return true
    }
  }

  /// Removes all; owner only.
  func removeSignalHandlers() {
    guard let watch = signals else { return }
    removeReader(watch.descriptor)
    signals = nil
  }

  private func callSignalHandlers() {
    for (signal, scheduled) in signals?.take() ?? [] {
      let call = ScheduledCallback(deadline: nil, place: nil, sharing: scheduled.context) {
        [unowned self] in
        do {
          try scheduled.action()
        } catch let interrupt as RunnerInterrupted {
          throw interrupt
        } catch {
          report(
            LoopReport(
              message:
                "Exception in the handler of signal \(signal) (\(SignalWatch.name(of: signal)))",
              error: error))
        }
      }
      enqueue(.callback(call))
    }
  }

  private func asSignalOwner<R>(_ signal: Int32, _ body: () throws -> R) throws -> R {
    if isRunningHere { return try body() }
    guard let result = withOwnershipInTurn({ Result { try body() } }) else {
      throw RunnerError(
        .wrongThread,
        "The handler for signal \(signal) cannot be changed while another thread runs the loop"
          + " '\(name)'.")
    }
    return try result.get()
  }
}
