/// Lines of `label  value` under a title.
package struct DetailLines: Sendable {
  private var title: String
  private var entries: [(label: String, value: String, style: StyledText.Style)] = []

  package init(_ title: String) {
    self.title = title
  }

  /// Adds a line.
  package mutating func add(
    _ label: String, _ value: String, _ style: StyledText.Style = .plain
  ) {
    entries.append((label, value, style))
  }

  /// Adds a line when there is something to say.
  package mutating func add(_ label: String, _ value: String?, orElse absent: String) {
    add(label, value ?? absent, value == nil ? .dim : .plain)
  }

  /// Adds a line for each value, the label before the first one.
  package mutating func add(_ label: String, _ values: [String]) {
    for (index, value) in values.enumerated() { add(index == 0 ? label : "", value) }
  }

  /// Returns the title and the lines, with the values below each other; what is too long for the width
  /// goes on below its beginning.
  package func render(_ spec: RenderSpec = RenderSpec()) -> [StyledLine] {
    let indent = (entries.map(\.label.count).max() ?? 0) + 4
    let room = spec.width.map { max(20, $0 - indent) }
    return [StyledLine(title, .bold)]
      + entries.flatMap { entry in
        let pieces = LineWrapping.wrap(StyledLine(entry.value, entry.style), columns: room)
        return pieces.enumerated().map { index, piece in
          let label = index == 0 ? "  " + entry.label : ""
          let padding = String(repeating: " ", count: indent - label.count)
          return StyledLine([StyledText(label, .dim), StyledText(padding)] + piece.runs)
        }
      }
  }
}
