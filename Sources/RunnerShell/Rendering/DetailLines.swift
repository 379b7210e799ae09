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

  /// Returns the title and the lines, with the values below each other.
  package func render() -> [StyledLine] {
    let width = entries.map(\.label.count).max() ?? 0
    return [StyledLine(title, .bold)]
      + entries.map { entry in
        let padding = String(repeating: " ", count: width - entry.label.count + 2)
        return StyledLine([
          StyledText("  " + entry.label, .dim), StyledText(padding),
          StyledText(entry.value, entry.style),
        ])
      }
  }
}
