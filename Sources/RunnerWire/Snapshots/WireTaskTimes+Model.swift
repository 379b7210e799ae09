package import RunnerCore

extension WireTaskTimes {
  package init(_ model: TaskTimes) {
    self.init(
      busy: model.busy.wireNanoseconds,
      scheduled: model.scheduled.wireNanoseconds,
      idle: model.idle.wireNanoseconds)
  }

  package var model: TaskTimes {
    TaskTimes(
      busy: Duration(wireNanoseconds: busy),
      scheduled: Duration(wireNanoseconds: scheduled),
      idle: Duration(wireNanoseconds: idle))
  }
}
