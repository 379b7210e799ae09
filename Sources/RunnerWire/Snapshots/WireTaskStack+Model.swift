package import RunnerCore

extension WireTaskStack {
  package init(_ model: TaskStack) {
    self.init(
      task: WireTaskSnapshot(model.task),
      kind: WireStackKind(model.kind),
      frames: model.frames.map { WireStackFrame($0) },
      systemCall: model.systemCall,
      note: model.note.isEmpty ? nil : model.note)
  }

  package var model: TaskStack {
    TaskStack(
      task: task.model,
      kind: kind.model,
      frames: frames.map(\.model),
      systemCall: systemCall,
      note: note ?? "")
  }
}
