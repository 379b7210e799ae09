/// When `wait` returns, besides the end of all tasks and its timeout; mirrors `return_when`.
public enum WaitCondition: String, Hashable, Sendable, CaseIterable {
  /// Not before all have ended.
  case allCompleted
  /// When a task has ended, in whatever way.
  case firstCompleted
  /// When a task has failed; a cancelled one has not.
  case firstError
}

/// Waits for several tasks and returns those that have ended and those that have not.
///
/// Both in the order of the arguments; a task that is named twice counts once. It throws no error of a
/// task and cancels none: neither when the timeout passes nor when the calling task is cancelled. Must
/// be called by a task of the same loop. `nil` as a timeout sets no limit. Tasks of several types are
/// waited for as `AnyRunnerTask`. Mirrors `asyncio.wait()`.
/// - Throws: `CancellationError` when the calling task is cancelled; `RunnerError` when there is no
///   task, when one belongs to another loop, or outside of a runner's task.
public func wait<Member: AnyRunnerTask>(
  for tasks: [Member], until condition: WaitCondition = .allCompleted, timeout: Duration? = nil,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> (done: [Member], pending: [Member]) {
  guard !tasks.isEmpty else {
    throw RunnerError(
      .invalidArgument, "Set of tasks is empty: wait needs at least one to wait for.")
  }
  let goal: TaskWatch.Goal =
    switch condition {
    case .allCompleted: .nothingElse
    case .firstCompleted: .anyEnd
    case .firstError: .error
    }
  let watch = try TaskWatch(tasks, until: goal, request: .keptHere, limit: timeout, call: "wait")
  defer { watch.stop() }
  try await watch.wait(site: WaitSite(fileID, line, function))
  var seen = Set<TaskID>()
  var (done, pending): ([Member], [Member]) = ([], [])
  for task in tasks where seen.insert(task.id).inserted {
    if task.isDone { done.append(task) } else { pending.append(task) }
  }
  return (done, pending)
}
