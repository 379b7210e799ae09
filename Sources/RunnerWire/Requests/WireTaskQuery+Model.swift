package import RunnerCore

extension WireTaskQuery {
  package init(_ model: TaskQuery) {
    self.init(
      runner: model.runner,
      states: model.states.map { states in
        WireTaskState.allCases.filter { states.contains($0.model) }
      },
      namePattern: model.namePattern,
      includesToolTasks: model.includesToolTasks,
      order: WireTaskOrder(model.order),
      isReversed: model.isReversed ? true : nil,
      limit: model.limit,
      offset: model.offset == 0 ? nil : model.offset,
      anchor: model.anchor?.number,
      includesParts: model.includesParts ? true : nil)
  }

  package var model: TaskQuery {
    TaskQuery(
      runner: runner,
      states: states.map { Set($0.map(\.model)) },
      namePattern: namePattern,
      includesToolTasks: includesToolTasks,
      order: order.model,
      isReversed: isReversed ?? false,
      limit: limit,
      offset: offset ?? 0,
      anchor: anchor.map { TaskID($0) },
      includesParts: includesParts ?? false)
  }
}
