package import RunnerCore

extension WireErrorSnapshot {
  package init(_ model: ErrorSnapshot) {
    self.init(
      type: model.type,
      message: model.message)
  }

  package var model: ErrorSnapshot {
    ErrorSnapshot(
      type: type,
      message: message)
  }
}
