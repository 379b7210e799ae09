package import RunnerCore

extension WireCloseReport {
  package init(_ model: CloseReport) {
    self.init(
      didClose: model.didClose,
      duration: model.duration.wireNanoseconds,
      rounds: model.rounds,
      cancelledTasks: model.cancelledTasks,
      finishedTasks: model.finishedTasks,
      failedTasks: model.failedTasks,
      refusedTasks: model.refusedTasks.map { WireTaskSnapshot($0) },
      wasInterrupted: model.wasInterrupted)
  }

  package var model: CloseReport {
    CloseReport(
      didClose: didClose,
      duration: Duration(wireNanoseconds: duration),
      rounds: rounds,
      cancelledTasks: cancelledTasks,
      finishedTasks: finishedTasks,
      failedTasks: failedTasks,
      refusedTasks: refusedTasks.map(\.model),
      wasInterrupted: wasInterrupted)
  }
}
