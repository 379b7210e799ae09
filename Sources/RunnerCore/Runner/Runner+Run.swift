private import CRunnerRuntime
private import Synchronization

extension Runner {
  /// Runs a coroutine to completion on the calling thread and returns its value.
  ///
  /// All runs of a runner share its context, or `context`. What the coroutine leaves behind stands
  /// still until the next run. On the main thread an interrupt signal with the default disposition
  /// cancels the coroutine; a second one ends the run at once; a third one has its default action.
  /// Mirrors `Runner.run()`.
  ///
  /// - Throws: what `body` throws; `RunnerInterrupted` after an interrupt, also when a task group fails
  ///   while it ends because of it; `RunnerError` when the runner is closed or running already, or when
  ///   a loop runs in this thread.
  @discardableResult
  public func run<Success: Sendable>(
    named taskName: String? = nil, context: SharedRunnerContext? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    try run(
      named: taskName, operation: "", context: context,
      site: SourceSite(fileID: fileID, line: line, function: function), onStart: { _ in }, body)
  }

  /// Runs a coroutine on a new runner and closes it; mirrors `asyncio.run()`.
  ///
  ///     try Runner.run { try await main() }
  ///     try Runner.run(main)
  ///
  /// `named` and `context` are those of `run` on a runner.
  ///
  /// - Throws: as `run` and `close`; if both throw, `close`'s error with the other as its `context`.
  @discardableResult
  public static func run<Success: Sendable>(
    configuration: Configuration = Configuration(), named taskName: String? = nil,
    context: SharedRunnerContext? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    if runner_current_loop() != nil {
      throw RunnerError(
        .insideRunningLoop,
        "Runner.run() cannot be called from a running event loop; await the coroutine there.")
    }
    let runner = Runner(configuration)
    let result: Success
    do {
      result = try runner.run(
        named: taskName, context: context, fileID: fileID, line: line, function: function, body)
    } catch {
      try runner.close(after: error)
      throw error
    }
    try runner.close()
    return result
  }

  /// The same for a tool, which says itself what it runs and learns the main task as it begins.
  package func run<Success: Sendable>(
    named taskName: String?, operation: String, context: SharedRunnerContext? = nil,
    site: SourceSite? = nil, onStart: (TaskID) -> Void,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    if runner_current_loop() != nil {
      throw RunnerError(
        .insideRunningLoop,
        "Runner.run() cannot be called from a running event loop; await the coroutine there.")
    }
    let (loop, runnerContext) = try initialize()
    var request = TaskRequest(
      loop: loop, name: taskName, context: context ?? runnerContext, site: site)
    request.operation = operation
    nonisolated(unsafe) let body = body
    return try loop.whileRunning {
      let signals = InterruptSignals(configuration.interruptSignals)
      defer { signals.restore() }
      loop.resetInterrupts(usesSignals: signals.areInstalled)
      let main = loop.makeTask(request, body)
      onStart(main.id)
      return try runMain(main, on: loop)
    }
  }

  private func runMain<Success>(
    _ main: RunnerTask<Success>, on loop: EventLoop
  ) throws -> Success {
    let result: Success
    do {
      result = try loop.turnUntilDone(main)
    } catch is CancellationError where loop.handledInterrupts > 0 && main.uncancel() == 0 {
      throw RunnerInterrupted()
    } catch let error as RunnerTaskGroupError
      where error.hidesCancellation && loop.handledInterrupts > 0 && main.uncancel() == 0
    {
      throw RunnerInterrupted(context: error)
    }
    if loop.hasPendingInterrupt { loop.reportLateInterrupt(main) }
    return result
  }
}
