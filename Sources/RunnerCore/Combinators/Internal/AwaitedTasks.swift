/// The tasks that another one waits for together, or has in a group; may be used from any thread.
final class AwaitedTasks: Sendable {
  private let members = LockedValue<[TaskID: AnyRunnerTask]>([:])

  /// Adds a task; returns false when it is there already.
  @discardableResult
  func add(_ task: AnyRunnerTask) -> Bool {
    members.withLock { $0.updateValue(task, forKey: task.id) } == nil
  }

  func remove(_ task: AnyRunnerTask) {
    // What leaves is released when the lock is.
    _ = members.withLock { $0.removeValue(forKey: task.id) }
  }

  var count: Int { members.withLock { $0.count } }

  var isEmpty: Bool { count == 0 }

  /// The tasks in the order of their numbers.
  var all: [AnyRunnerTask] {
    members.withLock { Array($0.values) }.sorted { $0.id.number < $1.id.number }
  }

  /// Their numbers, in order.
  var ids: [TaskID] {
    members.withLock { Array($0.keys) }.sorted { $0.number < $1.number }
  }
}
