private import CRunnerRuntime
private import Synchronization

extension EventLoop {
  /// Makes a task whose first step is executed in the next iteration.
  ///
  /// It is called `Task-N` unless it is given a name, and gets a copy of the present context unless it
  /// is given one to share. `eagerStart` says whether its first step is executed at once instead; see
  /// `TaskRequest`. May be called from any thread. Mirrors `loop.create_task()`.
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed.
  @discardableResult @inlinable
  public func makeTask<Success: Sendable>(
    named name: String? = nil, context: SharedRunnerContext? = nil, eagerStart: Bool? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    if mustAskFactory {
      return try makeTaskByFactory(
        named: name, context: context, eagerStart: eagerStart, fileID: fileID, line: line,
        function: function, body)
    }
    // Inlined for this: the caller's compiler knows the type, which would have to be looked up here.
    let task = try makeTask(
      of: RunnerTask<Success>.self, named: name, context: context, eagerStart: eagerStart,
      fileID: fileID, line: line, function: function, TaskBody(body))
    return unsafeDowncast(task, to: RunnerTask<Success>.self)
  }

  @usableFromInline
  var mustAskFactory: Bool { hasTaskFactory.load(ordering: .acquiring) }

  @usableFromInline @inline(never)
  func makeTaskByFactory<Success: Sendable>(
    named name: String?, context: SharedRunnerContext?, eagerStart: Bool?, fileID: String,
    line: Int,
    function: String, _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try checkOpen()
    return makeTask(
      TaskRequest(
        loop: self, name: name, context: context, eagerStart: eagerStart,
        site: SourceSite(fileID: fileID, line: line, function: function)),
      body)
  }

  /// The same for a body of whatever type; the type of the task is that of the body's value.
  @usableFromInline @inline(never)
  func makeTask(
    of type: AnyRunnerTask.Type, named name: String?, context: SharedRunnerContext?,
    eagerStart: Bool?,
    fileID: String, line: Int, function: String, _ body: TaskBody
  ) throws -> AnyRunnerTask {
    do { try checkOpen() } catch {
      body.forget()
      throw error
    }
    let isHere = isRunningHere
    let task: AnyRunnerTask
    let maker = isHere && context == nil ? callingTask : nil
    if let maker {
      task = maker._withUnsafeGuaranteedRef { maker in
        type.init(
          NewTask(
            on: self, name: name,
            origin: origins.origin(fileID: fileID, line: line, function: function),
            context: maker.contextValue, parent: maker.isHidden ? maker.acting.id : maker.id))
      }
    } else {
      let site = SourceSite(fileID: fileID, line: line, function: function)
      task = type.init(
        NewTask(
          on: self, name: name, origin: TaskOrigin(site: site),
          context: context == nil ? .current : RunnerContext(), sharedContext: context,
          parent: AnyRunnerTask.current?.id))
    }
    add(task, body)
    if eagerStart == true, isInStep {
      startAtOnce(task)
    } else {
      start(task, isHere: isHere, by: maker)
    }
    return task
  }

  /// Makes a task and queues its first step; by the owner, outside of any step.
  func makeTask(of type: AnyRunnerTask.Type, _ facts: NewTask, _ body: TaskBody) -> AnyRunnerTask {
    let task = type.init(facts)
    add(task, body)
    start(task, isHere: true, by: nil)
    return task
  }

  @inline(__always)
  private func add(_ task: AnyRunnerTask, _ body: TaskBody) {
    task.body = body.words
    task.register()
    if isInstrumented { tellMade(task) }
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

  @usableFromInline
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
    let isHere = isRunningHere
    start(task, isHere: isHere, by: isHere ? callingTask : nil)
  }

  @inline(__always)
  private func start(_ task: AnyRunnerTask, isHere: Bool, by maker: Unmanaged<AnyRunnerTask>?) {
    let job = unsafeBitCast(task.makeSwiftTask(by: maker), to: UnownedJob.self)
    if isHere { ready.append(.job(job)) } else { enqueueFromElsewhere(.job(job)) }
  }

  /// Executes the first step of a task inside the step or callback that makes the call.
  func startAtOnce(_ task: AnyRunnerTask) {
    withinStep { runner_task_run_at_once(task.makeSwiftTask(by: nil)) }
  }
}
