private import SwiftParser

/// What SourceKit is asked: a file, a place in it, and how the file is compiled.
struct CompletionQuestion: Hashable, Sendable {
  var source: String
  /// Where the word begins that is being typed, in bytes.
  var offset: Int
  /// What of the word there is already.
  var prefix: String
  /// The compiler's arguments; the last one is the path of the file, which need not exist.
  var arguments: [String]

  /// Creates a question about a half-typed cell.
  ///
  /// - Parameters:
  ///   - text: What stands before the word.
  ///   - prefix: The beginning of the word.
  ///   - session: What the cell can see.
  ///   - given: Declarations of what else it can see.
  ///   - arguments: As in the question.
  init(
    after text: String, prefix: String, in session: CellSession, given: [String] = [],
    arguments: [String]
  ) {
    let lastValue = session.context.lastValue
    var lines = session.importsForCompletion + given
    if let lastValue { lines.append("let \(Self.lastName) = \(lastValue)._cell_value") }
    let before =
      lines.map { $0 + "\n" }.joined() + (lastValue == nil ? text : Self.namingLastValue(text))
    source = before + prefix
    offset = before.utf8.count
    self.prefix = prefix
    // SourceKit looks into a folder once for each set of arguments, and the session's grows.
    self.arguments = ["-D", "CELLS_\(session.cells.last?.number ?? 0)"] + arguments
  }

  private static let lastName = "_cell_last"

  /// The text with a name wherever `_` stands for the last value.
  private static func namingLastValue(_ text: String) -> String {
    let source = CellSource(name: "completion", text: text)
    let parts = CellSplitter.split(Parser.parse(source: source.text), source: source)
    var bytes = source.bytes
    for place in parts.items.flatMap(\.lastValues).sorted(by: >) {
      bytes.replaceSubrange(place...place, with: Array(lastName.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CellSession {
  /// The lines by which a half-typed cell sees what it will see as a cell, and nothing more: whoever sees
  /// all, as cells do, is offered the insides of the standard library.
  var importsForCompletion: [String] {
    let lasting = cells.filter(\.isLasting)
    var modules = lasting.map(\.module)
    if let lastValue = context.lastValue, !modules.contains(lastValue) { modules.append(lastValue) }
    let declarations = Dictionary(grouping: lasting.flatMap { Set($0.declarations.map(\.name)) }) {
      $0
    }
    // An import of one name hides what other modules mean by it; functions are different ones all the same.
    let newest = names.filter { (declarations[$0.declaration.name]?.count ?? 0) > 1 }
    return context.prelude.map { "import \($0)" } + modules.map { "@testable import \($0)" }
      + newest.compactMap { name in
        guard [.constant, .variable].contains(name.declaration.kind) else { return nil }
        return "import \(name.declaration.kind.rawValue) \(name.module).\(name.declaration.name)"
      }
  }
}

extension CellContext {
  /// The objects of the program, as a half-typed cell sees them.
  var givenDeclarations: [String] {
    given.sorted().map { "var `\($0)`: \(givenType) { fatalError() }" }
  }
}
