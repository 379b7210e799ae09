/// What the compiler says of a place in a cell.
package struct CompilerDiagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    case error, warning, note, remark
  }

  package var severity: Severity
  package var message: String
  /// Where: the source's name and its own line and column; `nil` when that is not in a cell.
  package var place: Place?
  /// The user's line.
  package var sourceLine: String?
  /// `^~~~` under that line.
  package var marks: String?
  /// What the compiler would write there instead.
  package var fix: String?
  package var notes: [CompilerDiagnostic] = []

  package struct Place: Hashable, Sendable {
    package var source: String
    package var line: Int
    /// In bytes, from one.
    package var column: Int
  }

  package init(_ severity: Severity, _ message: String, place: Place? = nil) {
    self.severity = severity
    self.message = message
    self.place = place
  }

  /// Creates what is said of a byte of a cell.
  init(_ severity: Severity, _ message: String, at offset: Int, of source: CellSource) {
    let before = source.indentation(before: offset)
    let line = source.line(at: offset)
    self.init(
      severity, message,
      place: Place(source: source.name, line: line, column: before.count + 1))
    sourceLine = source.line(line)
    marks = DiagnosticCleaner.caret(under: sourceLine ?? "", column: before.count + 1)
  }

  /// The diagnostic and its notes as lines, without a line feed at the end.
  package var text: String {
    let start = place.map { "\($0.source):\($0.line):\($0.column): " } ?? ""
    let lines = [start + severity.rawValue + ": " + message, sourceLine, marks, fix]
    return (lines.compactMap(\.self) + notes.map(\.text)).joined(separator: "\n")
  }
}
