package import RunnerCore

extension WireTaskListing {
  package init(_ model: TaskListing) {
    self.init(
      tasks: model.tasks.map { WireTaskSnapshot($0) },
      matching: model.matching,
      total: model.total,
      consistency: WireConsistency(model.consistency),
      omission: model.omission.isEmpty ? nil : model.omission)
  }

  package var model: TaskListing {
    TaskListing(
      tasks: tasks.map(\.model),
      matching: matching,
      total: total,
      consistency: consistency.model,
      omission: omission ?? "")
  }
}
