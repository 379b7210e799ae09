private import SwiftParser
private import SwiftSyntax

/// A word of a text that looks other than plain: what a prompt needs for colours.
package struct CellToken: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case keyword, string, number, comment
  }

  /// In UTF-8 bytes of the text.
  package var range: Range<Int>
  package var kind: Kind

  /// Returns the words of a text, in their order; it need be neither whole nor right.
  package static func of(_ text: String) -> [CellToken] {
    var tokens: [CellToken] = []
    for token in Parser.parse(source: text).tokens(viewMode: .sourceAccurate) {
      var place = token.position.utf8Offset
      takeComments(of: token.leadingTrivia, from: &place, into: &tokens)
      let end = token.endPositionBeforeTrailingTrivia.utf8Offset
      if let kind = Kind(token.tokenKind), place < end {
        tokens.append(CellToken(range: place..<end, kind: kind))
      }
      place = end
      takeComments(of: token.trailingTrivia, from: &place, into: &tokens)
    }
    return tokens
  }

  private static func takeComments(
    of trivia: Trivia, from place: inout Int, into tokens: inout [CellToken]
  ) {
    for piece in trivia {
      let end = place + piece.sourceLength.utf8Length
      switch piece {
      case .lineComment, .blockComment, .docLineComment, .docBlockComment:
        tokens.append(CellToken(range: place..<end, kind: .comment))
      default: break
      }
      place = end
    }
  }
}

extension CellToken.Kind {
  /// Fails for what looks plain.
  fileprivate init?(_ kind: TokenKind) {
    switch kind {
    case .keyword, .poundAvailable, .poundUnavailable, .poundIf, .poundElse, .poundElseif,
      .poundEndif, .poundSourceLocation:
      self = .keyword
    case .integerLiteral, .floatLiteral: self = .number
    case .stringQuote, .multilineStringQuote, .singleQuote, .stringSegment,
      .rawStringPoundDelimiter,
      .regexSlash, .regexPoundDelimiter, .regexLiteralPattern:
      self = .string
    default: return nil
    }
  }
}
