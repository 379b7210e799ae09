package import RunnerCore

extension WireCellRequest {
  package init(_ model: CellRequest) {
    self.init(
      source: model.source,
      file: model.file,
      firstLine: model.firstLine)
  }

  package var model: CellRequest {
    CellRequest(
      source: source,
      file: file,
      firstLine: firstLine)
  }
}
