package import RunnerCore

extension WireTaskEnding {
  package init(_ model: TaskEnding) {
    self.init(
      outcome: WireTaskOutcome(model.outcome),
      elapsed: model.elapsed.wireNanoseconds,
      wasRead: model.wasRead)
  }

  package var model: TaskEnding {
    TaskEnding(
      outcome: outcome.model,
      elapsed: Duration(wireNanoseconds: elapsed),
      wasRead: wasRead)
  }
}
