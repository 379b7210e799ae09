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

  /// Whether the text is Swift, as far as its grammar goes.
  package static func parses(_ text: String) -> Bool { !Parser.parse(source: text).hasError }

  /// Reads a text.
  package static func of(_ source: CellSource) -> CellReading {
    let tree = Parser.parse(source: source.text)
    if IncompleteInput.isIncomplete(tree) { return .incomplete }
    if tree.statements.isEmpty, !tree.hasError { return .empty }
    return .complete(CellSplitter.split(tree, source: source))
  }
}
