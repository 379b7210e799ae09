/// The tasks for which one waits.
enum AwaitTargets: Hashable, Sendable {
  /// Each of them has to end, or to release a lock.
  case all([TaskID])
  /// The end of one is enough.
  case any([TaskID])

  var tasks: [TaskID] {
    switch self {
    case .all(let tasks), .any(let tasks): tasks
    }
  }

  /// What a task in a picture waits for, listed or not.
  init?(of task: TaskSnapshot) {
    switch task.wait?.subject {
    case .task(let other): self = .all([other])
    case .tasks(let others): self = .all(others)
    case .anyTask(let others): self = .any(others)
    case .object(.lock, _, _):
      guard let holder = task.wait?.holder else { return nil }
      self = .all([holder.task])
    default: return nil
    }
  }
}
