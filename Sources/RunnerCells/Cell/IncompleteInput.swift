internal import SwiftSyntax

/// Finds out whether a text only lacks its end.
enum IncompleteInput {
  static func isIncomplete(_ tree: SourceFileSyntax) -> Bool {
    if hasOpenComment(tree.endOfFileToken) { return true }
    if endsWithBodilessFunction(tree) { return true }
    guard tree.hasError else { return false }
    let end = tree.endOfFileToken.position
    var finder = MissingAtEnd(end: end)
    finder.visit(Syntax(tree))
    return finder.isIncomplete
  }

  /// Walks over all tokens, also those that are not there.
  private struct MissingAtEnd {
    let end: AbsolutePosition
    var isIncomplete = false
    private var hasEarlierError = false
    /// The text ends in a string that must end in its line.
    private var isHopeless = false

    init(end: AbsolutePosition) { self.end = end }

    mutating func visit(_ node: Syntax) {
      if isIncomplete || isHopeless { return }
      if let token = node.as(TokenSyntax.self) { return visit(token) }
      if node.is(UnexpectedNodesSyntax.self), node.position < end,
        !node.children(viewMode: .all).isEmpty
      {
        hasEarlierError = true
      }
      for child in node.children(viewMode: .all) { visit(child) }
    }

    private mutating func visit(_ token: TokenSyntax) {
      guard token.presence == .missing else { return }
      if token.position < end {
        hasEarlierError = true
      } else if token.tokenKind == .stringQuote {
        isHopeless = true
      } else if isCloser(token) || !hasEarlierError {
        isIncomplete = true
      } else {
        hasEarlierError = true
      }
    }

    /// What only a later line can bring, whatever else is wrong.
    private func isCloser(_ token: TokenSyntax) -> Bool {
      switch token.tokenKind {
      case .rightBrace, .rightParen, .rightSquare, .poundEndif, .multilineStringQuote: true
      default: false
      }
    }
  }

  /// Whether the text ends in `/* …`.
  static func hasOpenComment(_ end: TokenSyntax) -> Bool { hasOpenComment(end.leadingTrivia) }

  /// Whether a `/* …` among these has no end.
  static func hasOpenComment(_ trivia: Trivia) -> Bool {
    for piece in trivia {
      guard case .blockComment(let text) = piece else { continue }
      var (depth, bytes) = (0, Array(text.utf8)[...])
      while let first = bytes.first {
        if bytes.starts(with: "/*".utf8) {
          depth += 1
          bytes.removeFirst(2)
        } else if bytes.starts(with: "*/".utf8) {
          depth -= 1
          bytes.removeFirst(2)
        } else {
          _ = first
          bytes.removeFirst()
        }
      }
      if depth > 0 { return true }
    }
    return false
  }

  /// Whether a function's brace may follow on the next line.
  private static func endsWithBodilessFunction(_ tree: SourceFileSyntax) -> Bool {
    guard case .decl(let last)? = tree.statements.last?.item else { return false }
    return last.as(FunctionDeclSyntax.self).map { $0.body == nil } ?? false
  }
}
