internal import SwiftParser
internal import SwiftSyntax

/// Whether running a text can change more than what is declared, as far as its grammar tells.
enum SideEffects {
  /// Functions, types and imports do nothing when they are declared; of values only literals do not.
  static func arePossible(in text: String) -> Bool {
    !Parser.parse(source: text).statements.allSatisfy(onlyDeclares)
  }

  private static func onlyDeclares(_ statement: CodeBlockItemSyntax) -> Bool {
    switch statement.item {
    case .stmt: return false
    case .expr(let expression): return isLiteral(expression)
    case .decl(let declaration):
      if let condition = declaration.as(IfConfigDeclSyntax.self) { return !condition.hasStatements }
      guard let variable = declaration.as(VariableDeclSyntax.self) else {
        return !declaration.is(MacroExpansionDeclSyntax.self)
      }
      return variable.attributes.isEmpty
        && variable.bindings.allSatisfy { binding in
          binding.initializer.map { isLiteral($0.value) } ?? true
        }
    }
  }

  private static func isLiteral(_ value: ExprSyntax) -> Bool {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(value)
    return !walker.acts
  }

  /// Looks for whatever runs code; what stands in a closure runs when that is called.
  private final class Walker: SyntaxAnyVisitor {
    var acts = false

    override func visitAny(_ node: Syntax) -> SyntaxVisitorContinueKind {
      if node.is(ClosureExprSyntax.self) { return .skipChildren }
      if node.is(ExprSyntax.self), !Self.isData(node) { acts = true }
      return acts ? .skipChildren : .visitChildren
    }

    private static func isData(_ node: Syntax) -> Bool {
      switch node.kind {
      case .integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .nilLiteralExpr,
        .stringLiteralExpr, .simpleStringLiteralExpr, .regexLiteralExpr, .arrayExpr,
        .dictionaryExpr, .tupleExpr, .prefixOperatorExpr:
        true
      default: false
      }
    }
  }
}
