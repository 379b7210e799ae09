/// What the shell has to know about Swift itself: where a text of it ends.
///
/// Called on the thread that reads, for each key and each line; may be called from any thread.
package protocol SwiftGrammar: Sendable {
  /// Whether the text is a beginning that more lines can make whole.
  func isUnfinished(_ text: String) -> Bool

  /// Whether the text can be Swift: it may still be wrong in its types or its names.
  func parses(_ text: String) -> Bool

  /// Whether running the text can change nothing but what is declared: no statement of it does anything.
  func onlyDeclares(_ text: String) -> Bool

  /// Makes one file of cells that `swiftc` compiles; called on the thread that reads only.
  ///
  /// Cells can name the session's runners; the first one is taken for the one that ran them.
  /// - Throws: `CommandError` when one file cannot have them all.
  func plainFile(of cells: [CellBook.Cell], runners: [String]) throws -> String

  /// How many blanks a line that follows the text begins with: two for each bracket that is open.
  func indentation(after text: String) -> Int

  /// Returns the words of a text, whole or not, that look other than plain text, in their order.
  func tokens(of text: String) -> [SwiftToken]
}

extension SwiftGrammar {
  /// Without a parser nothing is known to be harmless.
  package func onlyDeclares(_ text: String) -> Bool { false }

  /// Without a parser all is plain text.
  package func tokens(of text: String) -> [SwiftToken] { [] }

  /// The blanks at the beginning of the last line.
  package static func indentationOfLastLine(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).last?.prefix { $0 == " " }.count
      ?? 0
  }
}

/// Knows brackets and quotes only, where there is no parser.
package struct BracketGrammar: SwiftGrammar {
  package init() {}

  package func isUnfinished(_ text: String) -> Bool {
    var scanner = BracketScanner()
    do {
      for character in text { try scanner.take(character) }
    } catch {
      return false
    }
    return !scanner.isBalanced
  }

  package func indentation(after text: String) -> Int {
    var scanner = BracketScanner()
    for character in text { try? scanner.take(character) }
    return scanner.isInQuote ? Self.indentationOfLastLine(text) : 2 * scanner.depth
  }

  package func parses(_ text: String) -> Bool {
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard !word.isEmpty else { return true }
    let rest = text[word.endIndex...].drop { $0.isWhitespace && !$0.isNewline }
    // Two words beside each other are Swift only where the first one is a word of the language.
    guard let next = rest.first, !Self.opensSwift(String(word)) else { return true }
    return !next.isLetter && !next.isNumber
  }

  package func plainFile(of cells: [CellBook.Cell], runners: [String]) throws -> String {
    throw CommandError.noParser
  }

  private static let keywords: Set<String> = [
    "let", "var", "func", "struct", "class", "enum", "actor", "protocol", "extension", "import",
    "if", "for", "while", "repeat", "do", "try", "await", "return", "switch", "guard", "throw",
    "typealias", "print", "defer", "async", "nonisolated", "final", "public", "private", "init",
    "true", "false", "nil", "self", "some", "any", "static", "mutating", "indirect", "macro",
  ]

  /// Whether an input that begins with a word that is no command can be Swift at all.
  package static func opensSwift(_ word: String) -> Bool {
    keywords.contains(word) || word.first?.isUppercase == true
  }
}
