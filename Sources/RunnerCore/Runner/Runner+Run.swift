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
  @discardableResult @inlinable
  public func run<Success: Sendable>(
    named taskName: String? = nil, context: SharedRunnerContext? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    // Inlined, so that the type of the task need not be looked up; as `EventLoop.makeTask`.
    nonisolated(unsafe) let body = body
    let main = try runToEnd(
      of: RunnerTask<Success>.self, named: taskName, context: context, fileID: fileID, line: line,
      function: function, TaskBody(body)
    ) { loop, request in loop.makeTask(request, body) }
    return try unsafeDowncast(main, to: RunnerTask<Success>.self).outcome()
  }

  /// Runs a coroutine on a new runner and closes it; mirrors `asyncio.run()`.
  ///
  ///     try Runner.run { try await main() }
  ///     try Runner.run(main)
  ///
  /// `named` and `context` are those of `run` on a runner.
  ///
  /// - Throws: as `run` and `close`; if both throw, `close`'s error with the other as its `context`.
  @discardableResult @inlinable
  public static func run<Success: Sendable>(
    configuration: Configuration = Configuration(), named taskName: String? = nil,
    context: SharedRunnerContext? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    try checkOutsideOfLoops()
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

  /// - Throws: `RunnerError.insideRunningLoop`.
  @usableFromInline
  static func checkOutsideOfLoops() throws {
    if runner_current_loop() != nil {
      throw RunnerError(
        .insideRunningLoop,
        "Runner.run() cannot be called from a running event loop; await the coroutine there.")
    }
  }

  /// The same for a tool, which says itself what it runs and learns the main task as it begins.
  package func run<Success: Sendable>(
    named taskName: String?, operation: String, context: SharedRunnerContext? = nil,
    site: SourceSite? = nil, onStart: (TaskID) -> Void,
    _ body: sending @escaping () async throws -> Success
  ) throws -> Success {
    nonisolated(unsafe) let body = body
    let origin = TaskOrigin(site: site, operation: operation.bounded())
    let main = try runToEnd(
      of: RunnerTask<Success>.self, named: taskName, context: context, TaskBody(body),
      origin: { _ in origin }, onStart: onStart
    ) { loop, request in loop.makeTask(request, body) }
    return try unsafeDowncast(main, to: RunnerTask<Success>.self).outcome()
  }

  /// Runs a body whose value has any type, and returns its task, which has ended without an error.
  ///
  /// `byFactory` makes the task where the loop has a factory for tasks.
  @usableFromInline @inline(never)
  func runToEnd(
    of type: AnyRunnerTask.Type, named name: String?, context: SharedRunnerContext?, fileID: String,
    line: Int, function: String, _ body: TaskBody,
    byFactory: (EventLoop, TaskRequest) -> AnyRunnerTask
  ) throws -> AnyRunnerTask {
    try runToEnd(
      of: type, named: name, context: context, body,
      origin: { $0.origins.origin(fileID: fileID, line: line, function: function) },
      onStart: { _ in }, byFactory: byFactory)
  }

  private func runToEnd(
    of type: AnyRunnerTask.Type, named name: String?, context: SharedRunnerContext?,
    _ body: TaskBody,
    origin: (EventLoop) -> TaskOrigin, onStart: (TaskID) -> Void,
    byFactory: (EventLoop, TaskRequest) -> AnyRunnerTask
  ) throws -> AnyRunnerTask {
    var body: TaskBody? = body
    defer { body?.forget() }
    try Self.checkOutsideOfLoops()
    let (loop, runnerContext) = try initialize()
    return try loop.whileRunning {
      let signals = InterruptSignals(configuration.interruptSignals)
      defer { signals.restore() }
      loop.resetInterrupts(usesSignals: signals.areInstalled)
      let (context, origin) = (context ?? runnerContext, origin(loop))
      let main: AnyRunnerTask
      if loop.mustAskFactory {
        var request = TaskRequest(loop: loop, name: name, context: context, site: origin.site)
        request.operation = origin.operation
        main = byFactory(loop, request)
      } else if let taken = body {
        body = nil
        main = loop.makeTask(
          of: type,
          NewTask(
            on: loop, name: name, origin: origin, context: RunnerContext(), sharedContext: context,
            parent: nil), taken)
      } else {
        preconditionFailure("A run has one task.")
      }
      onStart(main.id)
      try runMain(main, on: loop)
      return main
    }
  }

  private func runMain(_ main: AnyRunnerTask, on loop: EventLoop) throws {
    do {
      try loop.turnUntilDone(main)
      try main.checkOutcome()
    } catch is CancellationError where loop.handledInterrupts > 0 && main.uncancel() == 0 {
      throw RunnerInterrupted()
    } catch let error as RunnerTaskGroupError
      where error.hidesCancellation && loop.handledInterrupts > 0 && main.uncancel() == 0
    {
      throw RunnerInterrupted(context: error)
    }
    if loop.hasPendingInterrupt { loop.reportLateInterrupt(main) }
  }
}
