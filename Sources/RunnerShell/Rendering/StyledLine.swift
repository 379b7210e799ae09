/// One line of output: runs of text, each in one style, without a line end.
package struct StyledLine: Hashable, Sendable, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation
{
  package var runs: [StyledText]

  /// Creates a line from its runs.
  package init(_ runs: [StyledText]) {
    self.runs = runs
  }

  /// Creates a line in one style.
  package init(_ text: String, _ style: StyledText.Style = .plain) {
    runs = [StyledText(text, style)]
  }

  package init(stringLiteral value: String) {
    self.init(value)
  }

  /// The text without its styles.
  package var plain: String { runs.map(\.text).joined() }
}
