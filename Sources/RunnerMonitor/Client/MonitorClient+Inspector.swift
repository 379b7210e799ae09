public import RunnerCore
import RunnerWire

extension MonitorClient: RunnerInspector {
  public func runners() throws -> [RunnerSnapshot] {
    try ask(.runners) { if case .runners(let value) = $0 { value.map(\.model) } else { nil } }
  }

  public func tasks(_ query: TaskQuery) throws -> TaskListing {
    try ask(.tasks(WireTaskQuery(query))) {
      if case .listing(let value) = $0 { value.model } else { nil }
    }
  }

  public func task(_ id: TaskID) throws -> TaskSnapshot {
    try ask(.task(id.number)) { if case .task(let value) = $0 { value.model } else { nil } }
  }

  public func stack(of task: TaskID) throws -> TaskStack {
    try ask(.stack(task.number)) { if case .stack(let value) = $0 { value.model } else { nil } }
  }

  public func history(_ query: TaskQuery) throws -> TaskListing {
    try ask(.history(WireTaskQuery(query))) {
      if case .listing(let value) = $0 { value.model } else { nil }
    }
  }

  public func loop(of runner: String) throws -> LoopSnapshot {
    try ask(.loop(runner: runner)) { if case .loop(let value) = $0 { value.model } else { nil } }
  }

  public func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    try ask(.context(WireContextOwner(owner))) {
      if case .context(let value) = $0 { value.model } else { nil }
    }
  }

  /// Sends a request and picks its result out of the reply.
  ///
  /// - Throws: `CellRejection` when the call has Swift in it that does not compile, else `RunnerError`.
  func ask<Value>(_ call: WireCall, _ pick: (WireResult) -> Value?) throws -> Value {
    let result = try self.call(call)
    if case .rejected(let diagnostics) = result {
      throw CellRejection(diagnostics: diagnostics.map(\.model))
    }
    guard let value = pick(result) else {
      throw RunnerError(
        .malformedMessage,
        "The peer answered '\(call.name.rawValue)' with a result of another kind. "
          + "Use the same release on both sides.")
    }
    return value
  }
}
