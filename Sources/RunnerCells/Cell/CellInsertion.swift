/// A word that stands in a cell's text, though the person has not written it.
struct CellInsertion: Hashable, Sendable {
  let line: Int
  /// In bytes, from one.
  let column: Int
  /// In bytes.
  let width: Int

  private var range: Range<Int> { column..<column + width }

  /// Says of the person's own line what the compiler says of the one with these words in it.
  static func remove(_ insertions: [CellInsertion], from diagnostic: inout CompilerDiagnostic) {
    guard let place = diagnostic.place else { return }
    for insertion in insertions.reversed() where insertion.line == place.line {
      insertion.remove(from: &diagnostic)
    }
  }

  private func remove(from diagnostic: inout CompilerDiagnostic) {
    if let column = diagnostic.place?.column, column > self.column {
      diagnostic.place?.column = max(self.column, column - width)
    }
    diagnostic.sourceLine = diagnostic.sourceLine.map(removed)
    diagnostic.fix = diagnostic.fix.map(removed)
    diagnostic.marks = diagnostic.marks.map(removed)
    if let marks = diagnostic.marks, !marks.contains("^"), let place = diagnostic.place {
      diagnostic.marks = DiagnosticCleaner.caret(
        under: diagnostic.sourceLine ?? "", column: place.column)
    }
  }

  /// A line without what stands at the word's columns.
  private func removed(from line: String) -> String {
    let bytes = line.utf8.enumerated().filter { !range.contains($0.offset + 1) }
    return String(decoding: bytes.map(\.element), as: UTF8.self)
  }
}
