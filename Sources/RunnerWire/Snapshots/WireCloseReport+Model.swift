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
      closedGenerators: model.closedGenerators == 0 ? nil : model.closedGenerators,
      refusedTasks: model.refusedTasks.map { WireTaskSnapshot($0) },
      unfinishedJobs: model.unfinishedJobs.isEmpty
        ? nil : model.unfinishedJobs.map { WireThreadJob($0) },
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
      closedGenerators: closedGenerators ?? 0,
      refusedTasks: refusedTasks.map(\.model),
      unfinishedJobs: unfinishedJobs?.map(\.model) ?? [],
      wasInterrupted: wasInterrupted)
  }
}
