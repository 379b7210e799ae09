package import RunnerCore

extension WireValueBinding {
  package init(_ model: ValueBinding) {
    self.init(
      name: model.name,
      value: WireValueSnapshot(model.value))
  }

  package var model: ValueBinding {
    ValueBinding(
      name: name,
      value: value.model)
  }
}
