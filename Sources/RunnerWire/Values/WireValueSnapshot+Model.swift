package import RunnerCore

extension WireValueSnapshot {
  package init(_ model: ValueSnapshot) {
    self.init(
      type: model.type,
      text: model.text)
  }

  package var model: ValueSnapshot {
    ValueSnapshot(
      type: type,
      text: text)
  }
}
