package import RunnerCore

extension WireContextEntry {
  package init(_ model: ContextSnapshot.Entry) {
    self.init(
      name: model.name,
      value: WireValueSnapshot(model.value),
      digest: model.digest)
  }

  package var model: ContextSnapshot.Entry {
    ContextSnapshot.Entry(
      name: name,
      value: value.model,
      digest: digest)
  }
}
