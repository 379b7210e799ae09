/// Looks at runners, their loops, tasks and contexts, without changing them.
///
/// The same protocol answers for the runners of this process and, through a monitor's client, for
/// those of another one. Every call may be made from any thread, blocks it for at most one second,
/// also while a loop is stuck in synchronous code, and throws `RunnerError` when what was asked for
/// does not exist.
public protocol RunnerInspector: Sendable {
  /// Returns all runners, in the order in which they were made.
  func runners() throws -> [RunnerSnapshot]

  /// Returns the live tasks that match; mirrors `asyncio.all_tasks()`.
  ///
  /// Tasks that a closed runner gave up are listed only when the query names that runner.
  func tasks(_ query: TaskQuery) throws -> TaskListing

  /// Returns one task, live or recently ended.
  func task(_ id: TaskID) throws -> TaskSnapshot

  /// Returns where a task is: its functions and lines, innermost first; mirrors `Task.get_stack()`.
  ///
  /// A suspended, a running, an ended task and one that has not begun have answers of their own.
  func stack(of task: TaskID) throws -> TaskStack

  /// Returns recently ended tasks that match, the newest last.
  ///
  /// The `total` of the answer counts all that have ended, also those that are not remembered.
  func history(_ query: TaskQuery) throws -> TaskListing

  /// Returns the loop of a runner; throws when the runner has none yet.
  func loop(of runner: String) throws -> LoopSnapshot

  /// Returns the context variables of a runner or a task.
  func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot
}
