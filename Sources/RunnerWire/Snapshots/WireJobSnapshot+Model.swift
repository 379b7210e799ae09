package import RunnerCore

extension WireJobSnapshot {
  package init(_ model: JobSnapshot) {
    self.init(
      id: model.id.number,
      runner: model.runner,
      expression: model.expression,
      task: model.task?.number,
      state: WireJobState(model.state),
      elapsed: model.elapsed.wireNanoseconds)
  }

  package var model: JobSnapshot {
    JobSnapshot(
      id: JobID(id),
      runner: runner,
      expression: expression,
      task: task.map { TaskID($0) },
      state: state.model,
      elapsed: Duration(wireNanoseconds: elapsed))
  }
}
