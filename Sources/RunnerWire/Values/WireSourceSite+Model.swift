package import RunnerCore

extension WireSourceSite {
  package init(_ model: SourceSite) {
    self.init(
      fileID: model.fileID,
      line: model.line,
      function: model.function)
  }

  package var model: SourceSite {
    SourceSite(
      fileID: fileID,
      line: line,
      function: function)
  }
}
