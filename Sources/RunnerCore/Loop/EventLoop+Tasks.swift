private import Synchronization

extension EventLoop {
  /// Makes a task whose first step is executed in the next iteration.
  ///
  /// It is called `Task-N` unless it is given a name, and gets a copy of the present context unless it
  /// is given one to share. `eagerStart` says whether its first step is executed at once instead; see
  /// `TaskRequest`. May be called from any thread. Mirrors `loop.create_task()`.
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed.
  @discardableResult
  public func makeTask<Success: Sendable>(
    named name: String? = nil, context: SharedRunnerContext? = nil, eagerStart: Bool? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try checkOpen()
    return makeTask(
      TaskRequest(
        loop: self, name: name, context: context, eagerStart: eagerStart,
        site: SourceSite(fileID: fileID, line: line, function: function)),
      body)
  }

  /// Makes a task for a tool, which says itself what it runs.
  package func makeTask<Success: Sendable>(
    named name: String?, operation: String, role: TaskRole, context: SharedRunnerContext? = nil,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try checkOpen()
    var request = TaskRequest(loop: self, name: name, context: context)
    request.role = role
    request.operation = operation
    return makeTask(request, body)
  }

  func makeTask<Success: Sendable>(
    _ request: TaskRequest, _ body: sending @escaping () async throws -> Success
  ) -> RunnerTask<Success> {
    if let taskFactory { return taskFactory.makeTask(request.forFactory(), body) }
    return request.makeTask(body)
  }

  /// Makes the loop's tasks in place of the loop; mirrors `loop.set_task_factory()`.
  ///
  /// May be used from any thread.
  public var taskFactory: (any RunnerTaskFactory)? {
    get { hasTaskFactory.load(ordering: .acquiring) ? factoryStorage.withLock { $0 } : nil }
    set {
      factoryStorage.withLock { $0 = newValue }
      hasTaskFactory.store(newValue != nil, ordering: .releasing)
    }
  }

  /// The tasks that have not ended, in the order of their numbers; mirrors `asyncio.all_tasks()`.
  ///
  /// May be called from any thread.
  public var tasks: [AnyRunnerTask] { registry.live().filter { !$0.isHidden } }

  // MARK: Starting

  /// Queues the first step of a task.
  func start(_ task: AnyRunnerTask) {
    _ = Task<Void, Never>(executorPreference: taskExecutor) { await task.executeInside() }
  }

  /// Executes the first step of a task inside the step or callback that makes the call.
  func startAtOnce(_ task: AnyRunnerTask) {
    withinStep {
      _ = Task<Void, Never>.immediate(executorPreference: taskExecutor) {
        await task.executeInside()
      }
    }
  }
}
