package import RunnerCore

/// The live tasks that a task made, as far as they were looked for.
package struct TaskChildren: Hashable, Sendable {
  package let ids: [TaskID]
  /// Whether all tasks of the runner were looked at.
  package let isComplete: Bool

  /// How many tasks are looked at.
  private static let limit = 1000

  /// A task that made no other one.
  package static let none = TaskChildren(ids: [], isComplete: true)

  private init(ids: [TaskID], isComplete: Bool) {
    self.ids = ids
    self.isComplete = isComplete
  }

  /// Looks for the children of a task among those of its runner.
  package init(of task: TaskSnapshot, in inspector: any RunnerInspector) throws {
    let listing = try inspector.tasks(
      TaskQuery(runner: task.runner, includesToolTasks: true, limit: Self.limit))
    ids = listing.tasks.filter { $0.parent == task.id }.map(\.id)
    isComplete = listing.tasks.count == listing.matching
  }
}
