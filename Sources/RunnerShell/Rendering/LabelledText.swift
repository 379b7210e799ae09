/// Labels with texts beside them, as wide as the terminal.
///
/// A text goes on below its beginning. Where the column of the texts would be too narrow, it begins further left, and
/// a label that is too long for that has a line of its own.
package struct LabelledText: Sendable {
  private static let narrowestText = 20
  private static let narrowColumn = 16
  private static let gap = 2

  /// What stands before each label, in columns.
  private let indent: Int
  private let entries: [(label: String, text: String)]

  package init(_ entries: [(label: String, text: String)], indent: Int = 2) {
    self.entries = entries
    self.indent = indent
  }

  /// Returns the lines; `column` is where the texts begin, behind the longest label unless told.
  package func render(column: Int? = nil, _ spec: RenderSpec) -> [StyledLine] {
    let longest = entries.map { DisplayWidth.of($0.label) }.max() ?? 0
    var column = column ?? indent + longest + Self.gap
    if let width = spec.width, width - column < Self.narrowestText {
      column = width - Self.narrowColumn < Self.narrowestText ? indent + 4 : Self.narrowColumn
    }
    return entries.flatMap { lines($0.label, $0.text, column, spec) }
  }

  private func lines(
    _ label: String, _ text: String, _ column: Int, _ spec: RenderSpec
  ) -> [StyledLine] {
    let blank = column - indent - DisplayWidth.of(label)
    let texts = LineWrapping.wrap(StyledLine(text), indent: column, hanging: column, spec)
    guard blank >= Self.gap, let first = texts.first else {
      let name = StyledLine(label, .bold)
      return LineWrapping.wrap(name, indent: indent, hanging: indent + 4, spec) + texts
    }
    let head = String(repeating: " ", count: indent) + label + String(repeating: " ", count: blank)
    return [StyledLine([StyledText(head, .bold)] + first.runs.dropFirst())] + texts.dropFirst()
  }
}
