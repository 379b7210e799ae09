package import RunnerCore

extension WireContextSnapshot {
  package init(_ model: ContextSnapshot) {
    self.init(
      owner: WireContextOwner(model.owner),
      entries: model.entries.map { WireContextEntry($0) })
  }

  package var model: ContextSnapshot {
    ContextSnapshot(
      owner: owner.model,
      entries: entries.map(\.model))
  }
}
