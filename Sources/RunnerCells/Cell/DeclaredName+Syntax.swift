internal import SwiftSyntax

extension DeclaredName {
  /// The names that a declaration other than a variable declares.
  static func of(_ declaration: DeclSyntax) -> [DeclaredName] {
    if let condition = declaration.as(IfConfigDeclSyntax.self) {
      return condition.declarations.flatMap(of)
    }
    if let function = declaration.as(FunctionDeclSyntax.self) {
      let isOperator =
        if case .identifier = function.name.tokenKind { false } else { true }
      var name = DeclaredName(function.name.plainText, isOperator ? .operator : .function)
      if !isOperator { name.head = FunctionHead(function) }
      return [name]
    }
    if let macro = declaration.as(MacroDeclSyntax.self) {
      return [DeclaredName(macro.name.plainText, .macro)]
    }
    if declaration.is(OperatorDeclSyntax.self) || declaration.is(PrecedenceGroupDeclSyntax.self) {
      return []
    }
    return declaration.asProtocol((any NamedDeclSyntax).self)
      .map { [DeclaredName($0.name.plainText, .type)] } ?? []
  }
}

extension IfConfigDeclSyntax {
  /// What stands between its lines.
  private var content: [CodeBlockItemSyntax] {
    clauses.flatMap { clause -> [CodeBlockItemSyntax] in
      guard case .statements(let statements)? = clause.elements else { return [] }
      return Array(statements)
    }
  }

  /// The declarations between its lines.
  var declarations: [DeclSyntax] {
    content.compactMap { item in
      guard case .decl(let declaration) = item.item else { return nil }
      return declaration
    }
  }

  /// Whether something between its lines must be run in its turn.
  var hasStatements: Bool {
    content.contains { item in
      guard case .decl(let declaration) = item.item else { return true }
      if let nested = declaration.as(IfConfigDeclSyntax.self) { return nested.hasStatements }
      return declaration.as(VariableDeclSyntax.self)?.hasValues ?? false
    }
  }
}

extension TokenSyntax {
  /// An identifier without backticks.
  var plainText: String {
    text.count > 2 && text.hasPrefix("`") && text.hasSuffix("`")
      ? String(text.dropFirst().dropLast()) : text
  }
}
