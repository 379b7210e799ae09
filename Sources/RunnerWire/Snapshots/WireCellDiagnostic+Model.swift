package import RunnerCore

extension WireCellDiagnostic {
  package init(_ model: CellDiagnostic) {
    self.init(
      severity: Severity(model.severity),
      message: model.message,
      position: model.position.map { Position($0) },
      sourceLine: model.sourceLine,
      fixIts: model.fixIts,
      notes: model.notes.map { WireCellDiagnostic($0) })
  }

  package var model: CellDiagnostic {
    CellDiagnostic(
      severity: severity.model,
      message: message,
      position: position?.model,
      sourceLine: sourceLine,
      fixIts: fixIts,
      notes: notes.map(\.model))
  }
}

extension WireCellDiagnostic.Severity {
  package init(_ model: CellDiagnostic.Severity) {
    switch model {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  package var model: CellDiagnostic.Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

extension WireCellDiagnostic.Position {
  package init(_ model: CellDiagnostic.Position) {
    self.init(
      file: model.file,
      line: model.line,
      column: model.column,
      length: model.length)
  }

  package var model: CellDiagnostic.Position {
    CellDiagnostic.Position(
      file: file,
      line: line,
      column: column,
      length: length)
  }
}
