package import RunnerCore

extension WireJobSnapshot {
  package init(_ model: JobSnapshot) {
    self.init(
      id: model.id.number,
      runner: model.runner,
      expression: model.expression,
      task: model.task?.number,
      state: WireJobState(model.state),
      bindings: model.bindings.isEmpty ? nil : model.bindings.map { WireValueBinding($0) },
      elapsed: model.elapsed.wireNanoseconds,
      cpuTime: model.cpuTime?.wireNanoseconds)
  }

  package var model: JobSnapshot {
    JobSnapshot(
      id: JobID(id),
      runner: runner,
      expression: expression,
      task: task.map { TaskID($0) },
      state: state.model,
      bindings: bindings?.map(\.model) ?? [],
      elapsed: Duration(wireNanoseconds: elapsed),
      cpuTime: cpuTime.map { Duration(wireNanoseconds: $0) })
  }
}
