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
      limit: model.limit)
  }

  package var model: TaskQuery {
    TaskQuery(
      runner: runner,
      states: states.map { Set($0.map(\.model)) },
      namePattern: namePattern,
      includesToolTasks: includesToolTasks,
      order: order.model,
      limit: limit)
  }
}
