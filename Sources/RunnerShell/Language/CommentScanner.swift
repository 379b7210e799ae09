/// Finds the lines that are remarks: those that begin with `//` or `#`.
package enum CommentScanner {
  /// Returns the text from the first line on that is no comment; empty when all are.
  package static func droppingComments(_ text: String) -> String {
    var rest = text[...]
    while isComment(rest) {
      rest = rest.drop { !$0.isNewline }.drop(while: \.isWhitespace)
    }
    return rest.startIndex == text.startIndex ? text : String(rest)
  }

  private static func isComment(_ text: Substring) -> Bool {
    if text.hasPrefix("//") { return true }
    guard text.first == "#" else { return false }
    let word = text.dropFirst().prefix { $0.isLetter || $0 == "\"" || $0 == "#" }
    // `#if` and `#"raw"#` are Swift.
    return !word.contains("\"") && !swiftWords.contains(String(word))
  }

  private static let swiftWords: Set<String> = [
    "if", "elseif", "else", "endif", "available", "unavailable", "sourceLocation", "warning",
    "error", "file", "fileID", "filePath", "line", "column", "function", "isolation", "selector",
    "keyPath",
  ]
}
