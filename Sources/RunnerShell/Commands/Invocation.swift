/// One use of a command, with its words sorted out and its values checked.
package struct Invocation: Sendable {
  /// The checked value of a flag.
  package enum Value: Hashable, Sendable {
    case none
    case text(String)
    case duration(Duration)
    case count(Int)
  }

  package var command: Command
  /// The words that are no flags, in their order; for a command with an EXPR, the name before it.
  package var words: [String] = []
  /// The EXPR, or the other command, as it was typed.
  package var expression = ""
  package var isBackground = false
  package var values: [String: Value] = [:]

  package init(command: Command) {
    self.command = command
  }

  /// Returns whether a flag was given.
  package func has(_ flag: String) -> Bool { values[flag] != nil }

  /// Returns the text given with a flag.
  package func text(_ flag: String) -> String? {
    if case .text(let text)? = values[flag] { return text }
    return nil
  }

  /// Returns the duration given with a flag.
  package func duration(_ flag: String) -> Duration? {
    if case .duration(let duration)? = values[flag] { return duration }
    return nil
  }

  /// Returns the count given with a flag.
  package func count(_ flag: String) -> Int? {
    if case .count(let count)? = values[flag] { return count }
    return nil
  }
}
