/// Finds where an EXPR ends on a command line; its text is kept as it was typed.
package enum ExpressionScanner {
  /// What stands after the name of a command that takes an EXPR.
  package struct Split: Hashable, Sendable {
    package var expression: String
    /// The flags that follow it.
    package var rest: String
    package var isBackground: Bool
  }

  /// Splits text into an EXPR, what follows it and a trailing `&`; `nil` means: needs more text.
  ///
  /// The EXPR ends before a blank and `--flag` outside of brackets and quotes, or at the end.
  package static func split(_ text: String) throws(CommandError) -> Split? {
    var scanner = BracketScanner()
    var end = text.endIndex
    var index = text.startIndex
    var afterBlank = true
    while index < text.endIndex {
      if afterBlank && scanner.isBalanced && startsFlag(text[index...]) {
        end = index
        break
      }
      try scanner.take(text[index])
      afterBlank = text[index].isWhitespace
      index = text.index(after: index)
    }
    guard scanner.isBalanced else { return nil }
    let (expression, isFirstBackground) = droppingAmpersand(text[..<end])
    let (rest, isLastBackground) = droppingAmpersand(text[end...])
    return Split(
      expression: expression, rest: rest, isBackground: isFirstBackground || isLastBackground)
  }

  /// Returns the name before an EXPR, as `main` in `main countdown(3)`, and the text after it.
  package static func leadingName(_ text: String) -> (name: String?, rest: String) {
    let name = text.prefix { !$0.isWhitespace }
    let rest = text[name.endIndex...].drop(while: \.isWhitespace)
    // `countdown (3)` is one call, and `a + b` one expression.
    guard let first = rest.first, first.isLetter || first == "_" else { return (nil, text) }
    let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    guard isName, !["try", "await"].contains(name) else { return (nil, text) }
    return (String(name), String(rest))
  }

  private static func startsFlag(_ text: Substring) -> Bool {
    guard text.hasPrefix("--") else { return false }
    return text.dropFirst(2).first?.isLetter ?? false
  }

  private static func droppingAmpersand(_ text: Substring) -> (String, Bool) {
    let text = text.trimmed()
    guard text.hasSuffix("&"), !text.hasSuffix("&&") else { return (text, false) }
    return (text.dropLast().trimmed(), true)
  }
}
