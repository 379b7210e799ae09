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

  /// Returns `metro (2)`, with a name that is cut to fit into so many columns.
  package static func inGraph(
    _ task: TaskSnapshot, columns: Int? = nil, _ spec: RenderSpec
  ) -> String {
    let number = "(\(task.id))"
    guard !task.name.isEmpty else { return "task \(number)" }
    let name = short(task, spec)
    guard let columns, DisplayWidth.of(name) + 1 + number.count > columns else {
      return "\(name) \(number)"
    }
    let mark = spec.glyphs.ellipsis
    let room = max(0, columns - mark.count - 1 - number.count)
    return "\(DisplayWidth.prefix(of: name, columns: room))\(mark) \(number)"
  }
}
