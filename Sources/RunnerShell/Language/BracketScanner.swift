/// Walks through Swift text and knows at each character whether it stands inside brackets or quotes.
package struct BracketScanner: Sendable {
  private enum Quote: Sendable { case none, line, block }

  private var closers: [Character] = []
  private var quote = Quote.none
  private var quoteRun = 0
  private var isEscaped = false

  package init() {}

  /// Whether everything that was opened has been closed.
  package var isBalanced: Bool { closers.isEmpty && !isInQuote }

  /// How many brackets are open.
  package var depth: Int { closers.count }

  /// Whether the next character belongs to a string literal.
  package var isInQuote: Bool { quote != .none && !(quote == .line && quoteRun == 2) }

  /// Takes the next character.
  ///
  /// - Throws: `CommandError` for a closing bracket that nothing opens.
  package mutating func take(_ character: Character) throws(CommandError) {
    if isEscaped {
      isEscaped = false
      return
    }
    if character == "\"" {
      takeQuote()
      return
    }
    if quote == .line && quoteRun == 2 { quote = .none }
    quoteRun = 0
    if quote != .none {
      isEscaped = character == "\\"
      return
    }
    switch character {
    case "(": closers.append(")")
    case "[": closers.append("]")
    case "{": closers.append("}")
    case ")", "]", "}":
      guard closers.popLast() == character else { throw .unmatchedCloser(character) }
    default: break
    }
  }

  /// Takes a `"`: two close at once an empty string, three open or close a block.
  private mutating func takeQuote() {
    switch (quote, quoteRun) {
    case (.none, _): (quote, quoteRun) = (.line, 1)
    case (.line, 1): quoteRun = 2
    case (.line, 2): (quote, quoteRun) = (.block, 0)
    case (.line, _): (quote, quoteRun) = (.none, 0)
    case (.block, 2): (quote, quoteRun) = (.none, 0)
    case (.block, _): quoteRun += 1
    }
  }
}
