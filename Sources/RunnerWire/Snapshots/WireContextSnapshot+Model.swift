package import RunnerCore

extension WireContextSnapshot {
  package init(_ model: ContextSnapshot) {
    self.init(
      owner: WireContextOwner(model.owner),
      entries: model.entries.map { WireContextEntry($0) },
      locals: model.locals.isEmpty ? nil : model.locals.map { WireTaskLocal($0) })
  }

  package var model: ContextSnapshot {
    ContextSnapshot(
      owner: owner.model,
      entries: entries.map(\.model),
      locals: (locals ?? []).map(\.model))
  }
}
