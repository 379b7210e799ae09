private import SwiftParser
internal import SwiftSyntax

/// Makes one file of cells that `swiftc` compiles against RunnerCore.
///
/// The file is a script without `await` at its top: it makes a runner, and what a cell runs is a run of
/// that runner, one after the other, as it was at the prompt. So variables are globals of the file, which
/// functions can use, and declarations stand as they were typed.
package enum PlainSwift {
  /// Writes the file.
  ///
  /// - Parameters:
  ///   - cells: the texts of cells that compiled, in their order.
  ///   - numbers: what those cells are called; from 1 on without.
  ///   - examples: the names for which the file has to import `RunnerExamples`.
  ///   - runners: the session's runners, which cells can name; the first one ran the cells.
  /// - Returns: the file's text.
  /// - Throws: `CellError.rejected` when one file cannot have them all; its sentence says why.
  package static func text(
    of cells: [String], numbers: [Int]? = nil, examples: Set<String> = [], runners: [String] = []
  ) throws(CellError) -> String {
    var sources = zip(cells, numbers ?? Array(1...max(1, cells.count))).map {
      PlainCell($0, number: $1)
    }
    let declared = Set(sources.flatMap(\.declarations).map(\.name))
    sources = sources.map { cell in
      let awaited = GatheredCalls.awaited(in: cell.parts.source, unless: declared.contains)
      return awaited.insertions.isEmpty ? cell : PlainCell(awaited.text, number: cell.number)
    }
    try checkNames(sources)
    try checkLastValues(sources)
    let identifiers = sources.reduce(into: Set<String>()) { $0.formUnion($1.parts.identifiers) }
    let named = namedRunners(runners, in: sources)
    var runner = "runner"
    while identifiers.contains(runner) { runner += "_" }
    var made = ["let \(runner) = Runner()"]
    var closed: [String] = []
    if let first = runners.first, named.contains(first) {
      runner = first
      made = []
    }
    for name in named {
      made.append("let \(name) = Runner(Runner.Configuration(name: \"\(name)\"))")
      if name != runner { closed.append("try \(name).close()") }
    }
    closed.append("try \(runner).close()")
    var writer = PlainWriter(runner: runner)
    for source in sources { writer.write(source) }
    var imports = ["import RunnerCore"]
    if !identifiers.isDisjoint(with: examples) { imports.append("import RunnerExamples") }
    for line in writer.imports where !imports.contains(line) { imports.append(line) }
    return """
      // Cells of runner-repl as plain Swift: a script for swiftc in Swift 5 mode, or the main.swift of a
      // package that depends on RunnerCore and sets .swiftLanguageMode(.v5).
      \(imports.joined(separator: "\n"))

      \(made.joined(separator: "\n"))

      \(writer.blocks.joined(separator: "\n\n"))

      \(closed.joined(separator: "\n"))

      """
  }

  /// The runners that cells name and have not declared, in the order of the session.
  private static func namedRunners(_ runners: [String], in cells: [PlainCell]) -> [String] {
    let objects = cells.reduce(into: Set<String>()) { $0.formUnion($1.parts.objects) }
    let declared = Set(cells.flatMap(\.declarations).map(\.name))
    return runners.filter {
      GivenObjects.canName($0) && objects.contains($0) && !declared.contains($0)
    }
  }

  /// A file has one declaration of each name; functions may differ in their parameters.
  private static func checkNames(_ cells: [PlainCell]) throws(CellError) {
    var owners: [String: (cell: Int, results: Set<String>)] = [:]
    var told: Set<String> = []
    var repeated: [String] = []
    for cell in cells {
      for declaration in cell.declarations {
        let earlier = owners[declaration.key]
        owners[declaration.key] = (
          cell.number, (earlier?.results ?? []).union([declaration.result])
        )
        // A file may overload a function by what it returns; another cell replaces it.
        guard let (owner, results) = earlier,
          owner != cell.number || results.contains(declaration.result)
        else { continue }
        guard told.insert(declaration.name).inserted else { continue }
        let other = owner == cell.number ? "twice" : "again, after cell \(owner)"
        repeated.append("cell \(cell.number) declares '\(declaration.name)' \(other)")
      }
    }
    guard !repeated.isEmpty else { return }
    let rest = repeated.count - repetitionLimit
    let list = repeated.prefix(repetitionLimit).joined(separator: ", ")
    throw CellError(
      .rejected,
      "One plain file cannot declare a name more than once: \(list)"
        + (rest > 0 ? ", and so on \(rest) more times" : "")
        + "; save them without --plain, or 'reset' and declare each name once.")
  }

  /// How many repeated names are told.
  private static let repetitionLimit = 4

  /// What only the prompt knows: the last value, and names that get their value later.
  private static func checkLastValues(_ cells: [PlainCell]) throws(CellError) {
    for cell in cells {
      for item in cell.items where !item.item.lastValues.isEmpty {
        throw CellError(
          .rejected,
          "Cell \(cell.number), '\(item.text.firstLine)', uses '_', the last value, which a plain file"
            + " does not have; give that value a name and use the name.")
      }
      for item in cell.items {
        guard case .unset = item.item.kind, let name = item.item.declares.first?.name else {
          continue
        }
        throw CellError(
          .rejected,
          "Cell \(cell.number) declares '\(name)' without a value, which a plain file cannot do at its"
            + " top; declare it with one, or save without --plain.")
      }
    }
  }
}

/// A cell with the syntax of its items.
struct PlainCell {
  struct Item {
    let item: CellItem
    let node: CodeBlockItemSyntax
    /// The item's own text.
    let text: String
    /// Comments that stand on lines of their own before it.
    var comments: [String]
    /// A comment behind it, on its last line.
    var remark: String
  }

  /// A name, and what no other declaration may have.
  struct Declaration {
    let name: String
    let key: String
    /// What a function returns.
    var result = ""
  }

  let number: Int
  let parts: CellParts
  private(set) var items: [Item] = []

  init(_ text: String, number: Int) {
    self.number = number
    let source = CellSource(name: "cell", text: text)
    let tree = Parser.parse(source: source.text)
    parts = CellSplitter.split(tree, source: source)
    for (item, node) in zip(parts.items, tree.statements) {
      items.append(
        Item(
          item: item, node: node, text: Self.text(source, item.range),
          comments: Self.comments(in: node.leadingTrivia),
          remark: Self.comments(in: node.trailingTrivia).joined(separator: " ")))
    }
  }

  var declarations: [Declaration] {
    items.flatMap { item -> [Declaration] in
      // They end with the run that they are in.
      if item.item.kind == .asyncLet { return [] }
      if case .decl(let declaration) = item.node.item,
        let function = declaration.as(FunctionDeclSyntax.self)
      {
        let signature = function.signature
        let parameters = signature.parameterClause.parameters.map {
          "\($0.firstName.text):\($0.type.trimmedDescription)"
        }
        return [
          Declaration(
            name: function.name.plainText,
            key: "\(function.name.plainText)(\(parameters.joined(separator: ",")))",
            result: signature.returnClause?.type.trimmedDescription ?? "")
        ]
      }
      // Branches of an '#if' may declare the same.
      return Set(item.item.declares.map(\.name)).sorted().map { Declaration(name: $0, key: $0) }
    }
  }

  private static func text(_ source: CellSource, _ range: Range<Int>) -> String {
    String(decoding: source.bytes[range], as: UTF8.self)
  }

  private static func comments(in trivia: Trivia) -> [String] {
    trivia.compactMap { piece in
      switch piece {
      case .lineComment(let text), .blockComment(let text), .docLineComment(let text),
        .docBlockComment(let text):
        text
      default: nil
      }
    }
  }
}
