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

  /// Reads a text.
  package static func of(_ source: CellSource) -> CellReading {
    let tree = Parser.parse(source: source.text)
    if IncompleteInput.isIncomplete(tree) { return .incomplete }
    if tree.statements.isEmpty, !tree.hasError { return .empty }
    return .complete(CellSplitter.split(tree, source: source))
  }
}
