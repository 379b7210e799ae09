package import RunnerCore

extension WireTaskLocal {
  package init(_ model: ContextSnapshot.Local) {
    self.init(
      name: model.name,
      module: model.module,
      value: model.value.map { WireValueSnapshot($0) },
      isInherited: model.isInherited)
  }

  package var model: ContextSnapshot.Local {
    ContextSnapshot.Local(
      name: name,
      module: module,
      value: value?.model,
      isInherited: isInherited)
  }
}
