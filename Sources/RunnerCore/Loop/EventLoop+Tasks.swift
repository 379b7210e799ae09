extension EventLoop {
  /// Makes a task whose first step is executed in the next iteration.
  ///
  /// It is called `Task-N` unless it is given a name, and gets a copy of the present context unless it
  /// is given one to share. May be called from any thread. Mirrors `loop.create_task()`.
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed.
  @discardableResult
  public func makeTask<Success: Sendable>(
    named name: String? = nil, context: SharedRunnerContext? = nil, fileID: String = #fileID,
    line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try checkOpen()
    return makeTask(
      TaskOptions(
        name: name, operation: "", role: .task,
        context: context ?? SharedRunnerContext(copying: .current),
        site: SourceSite(fileID: fileID, line: line, function: function),
        parent: AnyRunnerTask.current?.id),
      body)
  }

  /// Makes a task for a tool, which says itself what it runs.
  package func makeTask<Success: Sendable>(
    named name: String?, operation: String, role: TaskRole, context: SharedRunnerContext? = nil,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try checkOpen()
    return makeTask(
      TaskOptions(
        name: name, operation: operation, role: role,
        context: context ?? SharedRunnerContext(copying: .current),
        parent: AnyRunnerTask.current?.id),
      body)
  }

  func makeTask<Success: Sendable>(
    _ options: TaskOptions, _ body: sending @escaping () async throws -> Success
  ) -> RunnerTask<Success> {
    let task = RunnerTask<Success>(loop: self, options: options)
    task.register()
    nonisolated(unsafe) let body = body
    _ = Task<Void, Never>(executorPreference: taskExecutor) {
      await AnyRunnerTask.$enclosing.withValue(task) {
        await task.execute(body)
      }
    }
    return task
  }

  /// The tasks that have not ended, in the order of their numbers; mirrors `asyncio.all_tasks()`.
  ///
  /// May be called from any thread.
  public var tasks: [AnyRunnerTask] { registry.live().filter { $0.scopeOwner == nil } }
}
