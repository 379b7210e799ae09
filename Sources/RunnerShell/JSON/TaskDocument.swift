package import RunnerCore

/// The document of `task --json`.
package struct TaskDocument: JSONDocument {
  package let schema = "runner-repl/task/1"
  package var task: TaskRecord

  package init(_ task: TaskSnapshot) {
    self.task = TaskRecord(task)
  }
}
