package import RunnerCore

extension WireCancelRequest {
  package init(_ model: CancelRequest) {
    self.init(
      tasks: model.tasks.map(\.number),
      includesChildren: model.includesChildren,
      message: model.message,
      limit: model.limit.wireNanoseconds)
  }

  package var model: CancelRequest {
    CancelRequest(
      tasks: tasks.map { TaskID($0) },
      includesChildren: includesChildren,
      message: message,
      limit: Duration(wireNanoseconds: limit))
  }
}
