private import SwiftParser
private import SwiftSyntax

/// What a text is to the prompt.
package enum CellReading: Hashable, Sendable {
  /// Nothing but space and comments.
  case empty
  /// More lines must follow.
  case incomplete
  /// Something to compile; whether it is right the compiler says.
  case complete(CellParts)

  /// Whether the text is a beginning that more lines can make whole.
  package static func isUnfinished(_ text: String) -> Bool {
    IncompleteInput.isIncomplete(Parser.parse(source: text))
  }

  /// Whether running the text can change nothing but what is declared.
  package static func onlyDeclares(_ text: String) -> Bool { !SideEffects.arePossible(in: text) }

  /// Whether the text is Swift, as far as its grammar goes.
  package static func parses(_ text: String) -> Bool { !Parser.parse(source: text).hasError }

  /// What a line stands in that follows a text.
  package enum Ending: Hashable, Sendable {
    case code(openBrackets: Int)
    /// A string literal of several lines.
    case literal
    case comment
  }

  /// Tells where a text ends.
  package static func ending(of text: String) -> Ending {
    let tree = Parser.parse(source: text)
    var open = 0
    for token in tree.tokens(viewMode: .all) {
      if [token.leadingTrivia, token.trailingTrivia].contains(where: IncompleteInput.hasOpenComment)
      {
        return .comment
      }
      switch (token.tokenKind, token.presence) {
      case (.multilineStringQuote, .missing): return .literal
      case (.leftBrace, .present), (.leftParen, .present), (.leftSquare, .present): open += 1
      case (.rightBrace, .present), (.rightParen, .present), (.rightSquare, .present): open -= 1
      default: break
      }
    }
    return .code(openBrackets: max(0, open))
  }

  /// Reads a text.
  package static func of(_ source: CellSource) -> CellReading {
    let tree = Parser.parse(source: source.text)
    if IncompleteInput.isIncomplete(tree) { return .incomplete }
    if tree.statements.isEmpty, !tree.hasError { return .empty }
    return .complete(CellSplitter.split(tree, source: source))
  }
}
