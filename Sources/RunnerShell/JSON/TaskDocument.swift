package import RunnerCore

/// The document of `task --json`.
package struct TaskDocument: JSONDocument {
  package let schema = "runner-repl/task/1"
  package var task: TaskRecord
  package var children: [UInt64]
  package var childrenAreComplete: Bool

  package init(_ task: TaskSnapshot, _ children: TaskChildren) {
    self.task = TaskRecord(task)
    self.children = children.ids.map(\.number)
    childrenAreComplete = children.isComplete
  }
}
