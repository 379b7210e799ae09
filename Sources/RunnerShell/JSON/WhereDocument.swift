package import RunnerCore

/// The document of `where --json`.
package struct WhereDocument: JSONDocument {
  package struct Frame: Encodable, Sendable {
    package var function: String
    package var fullName: String
    @Nullable package var module: String?
    @Nullable package var path: String?
    @Nullable package var line: Int?
    @Nullable package var afterAwait: Int?
    @Nullable package var afterSuspension: Int?
    package var isFolded: Bool
  }

  package let schema = "runner-repl/where/1"
  package var task: TaskRecord
  package var kind: String
  package var frames: [Frame]
  @Nullable package var systemCall: String?
  @Nullable package var note: String?

  package init(_ stack: TaskStack) {
    task = TaskRecord(stack.task)
    kind = stack.kind.rawValue
    frames = stack.frames.map { frame in
      var record = Frame(
        function: frame.function, fullName: frame.fullName, module: frame.module, path: frame.path,
        line: frame.line, afterAwait: nil, afterSuspension: nil, isFolded: frame.isFolded)
      switch frame.resumption {
      case .await(let number): record.afterAwait = number
      case .suspension(let number): record.afterSuspension = number
      case nil: break
      }
      return record
    }
    systemCall = stack.systemCall
    note = stack.note.isEmpty ? nil : stack.note
  }
}
