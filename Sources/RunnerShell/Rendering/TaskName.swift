package import RunnerCore

/// Writes which task is meant.
package enum TaskName {
  /// Returns the name alone, visible and bounded.
  package static func short(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    VisibleText.excerpt(task.name, limit: 40, spec)
  }

  /// Returns `task 2 metro`.
  package static func full(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    task.name.isEmpty ? "task \(task.id)" : "task \(task.id) \(short(task, spec))"
  }

  /// Returns `metro (2)`.
  package static func inGraph(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    task.name.isEmpty ? "task (\(task.id))" : "\(short(task, spec)) (\(task.id))"
  }
}
