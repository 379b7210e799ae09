package import RunnerCore

extension WireTaskSnapshot {
  package init(_ model: TaskSnapshot) {
    self.init(
      id: model.id.number,
      name: model.name,
      runner: model.runner,
      state: WireTaskState(model.state),
      role: WireTaskRole(model.role),
      operation: model.operation,
      creationSite: model.creationSite.map { WireSourceSite($0) },
      parent: model.parent?.number,
      wait: model.wait.map { WireWaitSnapshot($0) },
      awaitedBy: model.awaitedBy.map(\.number),
      age: model.age.wireNanoseconds,
      steps: model.steps,
      cancellationRequests: model.cancellationRequests,
      cancellationMessage: model.cancellationMessage,
      cancellations: model.cancellations.isEmpty
        ? nil : model.cancellations.map { WireCancellation($0) },
      cancellationCount: model.cancellationCount == 0 ? nil : model.cancellationCount,
      times: model.times.map { WireTaskTimes($0) },
      ending: model.ending.map { WireTaskEnding($0) })
  }

  package var model: TaskSnapshot {
    TaskSnapshot(
      id: TaskID(id),
      name: name,
      runner: runner,
      state: state.model,
      role: role.model,
      operation: operation,
      creationSite: creationSite?.model,
      parent: parent.map { TaskID($0) },
      wait: wait?.model,
      awaitedBy: awaitedBy.map { TaskID($0) },
      age: Duration(wireNanoseconds: age),
      steps: steps,
      cancellationRequests: cancellationRequests,
      cancellationMessage: cancellationMessage,
      cancellations: cancellations?.map(\.model) ?? [],
      cancellationCount: cancellationCount ?? 0,
      times: times?.model,
      ending: ending?.model)
  }
}
