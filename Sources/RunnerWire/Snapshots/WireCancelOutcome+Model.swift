package import RunnerCore

extension WireCancelOutcome {
  package init(_ model: CancelOutcome) {
    self.init(
      result: WireCancelResult(model.result),
      task: WireTaskSnapshot(model.task))
  }

  package var model: CancelOutcome {
    CancelOutcome(
      result: result.model,
      task: task.model)
  }
}
