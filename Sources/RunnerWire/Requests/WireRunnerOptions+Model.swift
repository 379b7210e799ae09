package import RunnerCore

extension WireRunnerOptions {
  package init(_ model: RunnerOptions) {
    self.init(
      name: model.name,
      isDebugging: model.isDebugging,
      usesVirtualTime: model.usesVirtualTime,
      startsTasksEagerly: model.startsTasksEagerly,
      closeDeadline: model.closeDeadline?.wireNanoseconds)
  }

  package var model: RunnerOptions {
    RunnerOptions(
      name: name,
      isDebugging: isDebugging,
      usesVirtualTime: usesVirtualTime,
      startsTasksEagerly: startsTasksEagerly,
      closeDeadline: closeDeadline.map { Duration(wireNanoseconds: $0) })
  }
}
