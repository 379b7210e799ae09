package import RunnerCore

extension WireTaskListing {
  package init(_ model: TaskListing) {
    self.init(
      tasks: model.tasks.map { WireTaskSnapshot($0) },
      matching: model.matching,
      offset: model.offset == 0 ? nil : model.offset,
      total: model.total,
      remembered: model.remembered,
      consistency: WireConsistency(model.consistency),
      omission: model.omission.isEmpty ? nil : model.omission)
  }

  package var model: TaskListing {
    TaskListing(
      tasks: tasks.map(\.model),
      matching: matching,
      total: total,
      remembered: remembered,
      consistency: consistency.model,
      offset: offset ?? 0,
      omission: omission ?? "")
  }
}
