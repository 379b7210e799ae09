package import RunnerCore

extension WireErrorSnapshot {
  package init(_ model: ErrorSnapshot) {
    self.init(
      type: model.type,
      message: model.message,
      frames: model.frames.isEmpty ? nil : model.frames.map { WireStackFrame($0) })
  }

  package var model: ErrorSnapshot {
    ErrorSnapshot(
      type: type,
      message: message,
      frames: frames?.map(\.model) ?? [])
  }
}
