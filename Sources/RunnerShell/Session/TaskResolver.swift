package import RunnerCore

/// Finds the task that a word means: a number, or a name that only one live task has.
package struct TaskResolver: Sendable {
  package let inspector: any RunnerInspector

  package init(inspector: any RunnerInspector) {
    self.inspector = inspector
  }

  /// Returns the task: by number also an ended one, by name only when `includesEnded`.
  ///
  /// Throws `CommandError` when there is none, or more than one.
  package func resolve(_ reference: String, includesEnded: Bool = false) throws -> TaskSnapshot {
    if let number = UInt64(reference) {
      do {
        return try inspector.task(TaskID(number))
      } catch let error as RunnerError where error.code == .notFound {
        throw CommandError.noTask(reference)
      }
    }
    var found = try named(reference, inspector.tasks)
    if found.isEmpty && includesEnded { found = try named(reference, inspector.history) }
    guard found.count < 2 else {
      throw CommandError.ambiguousTask(reference, found.map(\.id).sorted())
    }
    guard let task = found.first else { throw CommandError.noTask(reference) }
    return task
  }

  /// Returns the live tasks whose names match a pattern.
  package func matching(_ pattern: String) throws -> [TaskSnapshot] {
    let tasks = try inspector.tasks(TaskQuery(namePattern: pattern)).tasks
    guard !tasks.isEmpty else { throw CommandError.noMatch(pattern) }
    return tasks
  }

  private func named(
    _ name: String, _ ask: (TaskQuery) throws -> TaskListing
  ) throws -> [TaskSnapshot] {
    // The name is a pattern that matches itself; what else it matches is filtered out.
    let query = TaskQuery(namePattern: name, includesToolTasks: true)
    return try ask(query).tasks.filter { $0.name == name }
  }
}
