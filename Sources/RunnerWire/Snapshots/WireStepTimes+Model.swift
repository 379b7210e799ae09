package import RunnerCore

extension WireStepTimes {
  package init(_ model: StepTimes) {
    self.init(
      count: model.count,
      median: model.median.wireNanoseconds,
      percentile90: model.percentile90.wireNanoseconds,
      percentile99: model.percentile99.wireNanoseconds,
      maximum: model.maximum.wireNanoseconds)
  }

  package var model: StepTimes {
    StepTimes(
      count: count,
      median: Duration(wireNanoseconds: median),
      percentile90: Duration(wireNanoseconds: percentile90),
      percentile99: Duration(wireNanoseconds: percentile99),
      maximum: Duration(wireNanoseconds: maximum))
  }
}
