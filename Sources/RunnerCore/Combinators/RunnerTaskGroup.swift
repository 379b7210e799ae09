/// Runs a body that makes tasks, and returns its value when all of them have ended.
///
/// The first failure of a child or of the body cancels the other children and the body. Cancelled
/// children are not errors. Children may make further ones as long as one of them lives. Cancelling
/// the calling task cancels the body or, when that has ended, the children; the call throws
/// `CancellationError` when they have ended. The requests that the group makes are not counted in
/// the calling task's `cancellationRequests`. The body belongs to the calling task, as that of
/// `timeout` does. Mirrors `async with asyncio.TaskGroup()`.
///
///     let (user, orders) = try await withRunnerTaskGroup { group in
///       let user = try group.makeTask { try await fetchUser() }
///       let orders = try group.makeTask { try await fetchOrders() }
///       return try await (user.value, orders.value)
///     }
///
/// - Throws: `RunnerTaskGroupError` with the children's errors in the order of their ends and the
///   body's at the end; if the calling task was asked to end as well, its next await throws. A
///   `RunnerInterrupted` of a child or the body comes out itself, with the other errors as its context.
///   `CancellationError` when the calling task was cancelled and nothing failed; `RunnerError` outside
///   of a runner's task.
@discardableResult
public func withRunnerTaskGroup<Success: Sendable>(
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
  _ body: sending @escaping (RunnerTaskGroup) async throws -> Success
) async throws -> Success {
  guard let loop = EventLoop.running, let task = AnyRunnerTask.enclosing,
    let caller = AnyRunnerTask.current
  else {
    throw RunnerError(
      .noRunningLoop,
      "A task group cannot determine the parent task: no task of a runner makes this call.")
  }
  let site = WaitSite(fileID, line, function)
  let scope = loop.makeScope("task group", of: caller, in: task, returning: Success.self)
  let group = RunnerTaskGroup(loop: loop, scope: scope)
  let parent = loop.owningTask()
  parent?.awaited = group.children
  defer { parent?.awaited = nil }
  let result: Result<Success, any Error>
  do {
    result = .success(try await loop.run(scope, site: site) { try await body(group) })
  } catch {
    result = .failure(error)
  }
  await group.finish(result, site: site)
  switch group.verdict {
  case .returned: return try result.get()
  case .cancelled: throw CancellationError()
  case .interrupted(let interrupt): throw interrupt
  case .failed(let errors):
    let wasCancelled = caller.cancellationRequests > 0 || task.cancellationRequests > 0
    // The errors win, and the request is not lost.
    if wasCancelled { parent?.mustCancel = true }
    throw RunnerTaskGroupError(
      errors, hidesCancellation: wasCancelled && group.sawCancellation)
  }
}

/// Makes tasks that end before `withRunnerTaskGroup` returns; mirrors `asyncio.TaskGroup`.
///
/// Use it on its loop's thread, in the body of the group and in its children.
public final class RunnerTaskGroup: @unchecked Sendable {
  /// The loop that runs the children.
  public let loop: EventLoop

  /// The live children.
  let children = AwaitedTasks()
  private var state = TaskGroupState()
  /// The body, as long as it may have to be cancelled.
  private var scope: AnyRunnerTask?
  private var waiters = WaiterList()

  init(loop: EventLoop, scope: AnyRunnerTask) {
    self.loop = loop
    self.scope = scope
  }

  /// Makes a task of the group, whose first step is executed in the next iteration.
  ///
  /// The arguments are those of `EventLoop.makeTask`. An error of the task counts as seen: the group
  /// throws it. Mirrors `TaskGroup.create_task()`.
  ///
  /// - Throws: `RunnerError.invalidState` when the group is finished, or shuts down because something
  ///   in it failed or was cancelled; nothing has been made then. `RunnerError.noRunningLoop` on
  ///   another thread than the loop's.
  @discardableResult
  public func makeTask<Success: Sendable>(
    named name: String? = nil, context: SharedRunnerContext? = nil, eagerStart: Bool? = nil,
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerTask<Success> {
    try loop.checkRunningHere("RunnerTaskGroup.makeTask")
    if state.bodyHasEnded, children.isEmpty {
      throw RunnerError(
        .invalidState, "The task group is finished: make the task in a group that is still open.")
    }
    if state.isAborting {
      throw RunnerError(
        .invalidState,
        "The task group is shutting down: it takes no more tasks after a failure or a cancellation."
      )
    }
    let task = try loop.makeTask(
      named: name, context: context, eagerStart: eagerStart, fileID: fileID, line: line,
      function: function, body)
    children.add(task)
    // Also for a task that has ended at once: its error must not come before the body's next await.
    task.whenDone { [self] in childEnded(task) }
    return task
  }

  var verdict: TaskGroupState.Verdict { state.verdict }

  var sawCancellation: Bool { state.sawCancellation }

  /// Waits until all children have ended, whatever happens meanwhile.
  func finish<Success>(_ result: Result<Success, any Error>, site: WaitSite) async {
    scope = nil
    var error: (any Error)?
    if case .failure(let failure) = result { error = failure }
    if state.bodyEnded(with: error) { cancelChildren() }
    while !children.isEmpty {
      do {
        try await loop.wait(.tasks, detail: 0, site: site, target: self) { waiters.append($0) }
      } catch {
        parentCancelled()
      }
    }
  }

  private func childEnded(_ task: AnyRunnerTask) {
    children.remove(task)
    if task.state == .failed { task.markRead() }
    if state.childEnded(with: task.failure) {
      cancelChildren()
      _ = scope?.requestCancellation(message: nil, by: .taskGroup)
    }
    if children.isEmpty { waiters.drain { loop.wake($0) } }
  }

  private func parentCancelled() {
    if state.parentCancelled() { cancelChildren() }
  }

  private func cancelChildren() {
    for child in children.all { _ = child.requestCancellation(message: nil, by: .taskGroup) }
  }
}

extension RunnerTaskGroup: WaitTarget {
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool {
    if children.isEmpty { return false }
    parentCancelled()
    return true
  }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}

extension RunnerTaskGroup: CustomStringConvertible {
  /// The group in one line: its live tasks, its errors so far, and whether it takes more tasks.
  public var description: String {
    var words = ["Task group"]
    if !children.isEmpty { words.append("tasks=\(children.count)") }
    if !state.errors.isEmpty { words.append("errors=\(state.errors.count)") }
    if state.bodyHasEnded, children.isEmpty {
      words.append("finished")
    } else {
      words.append(state.isAborting ? "cancelling" : "entered")
    }
    return "<\(words.joined(separator: " "))>"
  }
}
