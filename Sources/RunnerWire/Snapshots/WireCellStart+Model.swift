package import RunnerCore

extension WireCellStart {
  package init(_ model: CellStart) {
    self.init(
      number: model.number,
      job: WireJobSnapshot(model.job),
      declaredNames: model.declaredNames,
      compileTime: model.compileTime.wireNanoseconds,
      warnings: model.warnings.map { WireCellDiagnostic($0) })
  }

  package var model: CellStart {
    CellStart(
      number: number,
      job: job.model,
      declaredNames: declaredNames,
      compileTime: Duration(wireNanoseconds: compileTime),
      warnings: warnings.map(\.model))
  }
}
