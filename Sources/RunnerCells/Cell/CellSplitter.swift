internal import SwiftSyntax

/// Sorts the items of a source file.
struct CellSplitter {
  private let source: CellSource
  private var items: [CellItem] = []

  static func split(_ tree: SourceFileSyntax, source: CellSource) -> CellParts {
    var splitter = CellSplitter(source: source)
    let statements = Array(tree.statements)
    for (index, statement) in statements.enumerated() {
      splitter.add(statement, isLast: index == statements.count - 1)
    }
    let gap = zip(statements, statements.dropFirst()).first {
      !isSeparated($0, from: $1, in: source)
    }
    return CellParts(
      source: source, items: splitter.items,
      identifiers: Set(tree.tokens(viewMode: .sourceAccurate).map(\.text)),
      objects: ObjectMentions.of(tree), assigns: Assignments.of(tree),
      missingSeparator: gap?.0.item.range.upperBound)
  }

  /// Whether a line's end, or a `;`, stands between two statements.
  private static func isSeparated(
    _ first: CodeBlockItemSyntax, from second: CodeBlockItemSyntax, in source: CellSource
  ) -> Bool {
    let between = source.bytes[first.item.range.upperBound..<second.item.range.lowerBound]
    return between.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\n") }
  }

  private init(source: CellSource) { self.source = source }

  private mutating func add(_ statement: CodeBlockItemSyntax, isLast: Bool) {
    switch statement.item {
    case .decl(let declaration): add(declaration)
    case .stmt(let statement):
      let names = statement.as(GuardStmtSyntax.self).map(BoundNames.of) ?? []
      if names.isEmpty {
        append(.statement, statement)
      } else {
        append(
          .binding(
            CellBinding(
              core: statement.range, prefix: "", observers: nil, annotation: nil,
              isVariable: false)),
          statement, declares: names.map { DeclaredName($0, .constant) })
      }
    case .expr(let expression):
      append(
        isLast && !Self.isAssignment(expression) ? .expression : .statement, expression)
    }
  }

  private mutating func add(_ declaration: DeclSyntax) {
    if let variable = declaration.as(VariableDeclSyntax.self) { return add(variable) }
    if declaration.is(ImportDeclSyntax.self) { return append(.importing, declaration) }
    if let condition = declaration.as(IfConfigDeclSyntax.self), condition.hasStatements {
      return append(.statement, declaration)
    }
    append(.declaration, declaration, declares: DeclaredName.of(declaration))
  }

  private mutating func append(
    _ kind: CellItem.Kind, _ node: some SyntaxProtocol, declares: [DeclaredName] = [],
    mentions: Set<String>? = nil
  ) {
    items.append(
      CellItem(
        kind: kind, range: node.range, declares: declares,
        mentions: mentions ?? Mentions.of(node), lastValues: LastValues.of(node),
        openConstants: kind == .declaration ? OpenConstants.of(node) : []))
  }

  // MARK: Variables

  private mutating func add(_ variable: VariableDeclSyntax) {
    let kind: DeclaredName.Kind =
      variable.bindingSpecifier.tokenKind == .keyword(.let) ? .constant : .variable
    let names = variable.bindings.flatMap { BoundNames.of($0.pattern) }
      .map { DeclaredName($0, kind) }
    if variable.modifiers.contains(where: { $0.name.tokenKind == .keyword(.async) }) {
      return append(.asyncLet, variable, declares: names)
    }
    if let type = variable.unsetType {
      return append(.unset(type: type), variable, declares: names)
    }
    guard variable.hasValues, !variable.mustStandAsItIs else {
      return append(.declaration, variable, declares: names)
    }
    if names.isEmpty { return append(.statement, variable) }
    append(
      .binding(binding(variable, kind)), variable, declares: names,
      mentions: variable.bindings.reduce(into: []) { mentions, binding in
        if let value = binding.initializer { mentions.formUnion(Mentions.of(value)) }
      })
  }

  private func binding(
    _ variable: VariableDeclSyntax, _ kind: DeclaredName.Kind
  ) -> CellBinding {
    let start = variable.bindingSpecifier.range.lowerBound
    let observers = variable.bindings.last?.accessorBlock?.range
    let end =
      variable.bindings.last.map { $0.initializer?.range ?? $0.typeAnnotation?.range ?? $0.range }?
      .upperBound ?? variable.range.upperBound
    let type = variable.bindings.count == 1 ? variable.bindings.first?.typeAnnotation?.type : nil
    return CellBinding(
      core: start..<end, prefix: text(variable.range.lowerBound..<start), observers: observers,
      annotation: type.flatMap {
        $0.is(ImplicitlyUnwrappedOptionalTypeSyntax.self) ? $0.trimmedDescription : nil
      },
      isVariable: kind == .variable)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: source.bytes[range], as: UTF8.self)
  }

  /// Whether an expression assigns: it has no value to show.
  private static func isAssignment(_ expression: ExprSyntax) -> Bool {
    if let wrapped = expression.as(TryExprSyntax.self) { return isAssignment(wrapped.expression) }
    if let wrapped = expression.as(AwaitExprSyntax.self) { return isAssignment(wrapped.expression) }
    guard let sequence = expression.as(SequenceExprSyntax.self) else { return false }
    return sequence.elements.contains { $0.is(AssignmentExprSyntax.self) }
  }
}

extension SyntaxProtocol {
  /// Where the node stands in the text, without the space and comments around it, in bytes.
  var range: Range<Int> {
    positionAfterSkippingLeadingTrivia.utf8Offset..<endPositionBeforeTrailingTrivia.utf8Offset
  }
}
