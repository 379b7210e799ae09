package import RunnerCore

extension WireCellRequest {
  package init(_ model: CellRequest) {
    self.init(
      source: model.source,
      file: model.file,
      firstLine: model.firstLine,
      number: model.number)
  }

  package var model: CellRequest {
    CellRequest(
      source: source,
      file: file,
      firstLine: firstLine,
      number: number)
  }
}
