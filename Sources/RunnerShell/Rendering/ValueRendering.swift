package import RunnerCore

/// Writes values and errors.
package enum ValueRendering {
  /// Returns what a run prints: `[Int] = [1, 4]`, or the bare text for a pipe.
  package static func result(
    _ value: ValueSnapshot, isBare: Bool, _ spec: RenderSpec
  ) -> [StyledLine] {
    let lines = VisibleText.lines(value.text, spec)
    guard !isBare, let first = lines.first else { return lines.map { StyledLine($0) } }
    let type = StyledText(VisibleText.line(value.type, spec), .accent)
    return [StyledLine([type, StyledText(" = \(first)")])]
      + lines.dropFirst().map { StyledLine($0) }
  }

  /// Returns a value as part of one line.
  package static func line(_ value: ValueSnapshot, _ spec: RenderSpec) -> String {
    VisibleText.line("\(value.type) = \(value.text)", spec)
  }

  /// Returns an error's type and what it says.
  package static func error(_ error: ErrorSnapshot) -> String {
    error.message.isEmpty ? error.type : "\(error.type): \(error.message)"
  }
}
