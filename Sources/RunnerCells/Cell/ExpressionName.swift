private import SwiftParser
private import SwiftSyntax

/// What a task is called that runs an expression.
package enum ExpressionName {
  /// How long a name is at most.
  private static let limit = 32

  /// Returns the function that the expression calls, as `fetch` of `try await fetch(3)`, or else its text, shortened.
  package static func of(_ text: String) -> String {
    let tree = Parser.parse(source: text)
    if tree.statements.count == 1, case .expr(let expression)? = tree.statements.first?.item,
      let call = bare(expression).as(FunctionCallExprSyntax.self),
      let name = path(call.calledExpression)
    {
      return shortened(name)
    }
    return shortened(text)
  }

  /// Returns the expression without `try` and `await`.
  private static func bare(_ expression: ExprSyntax) -> ExprSyntax {
    if let inner = expression.as(TryExprSyntax.self)?.expression { return bare(inner) }
    if let inner = expression.as(AwaitExprSyntax.self)?.expression { return bare(inner) }
    return expression
  }

  /// Returns `store.load` of names with dots between them; `nil` of anything else.
  private static func path(_ expression: ExprSyntax) -> String? {
    if let name = expression.as(DeclReferenceExprSyntax.self) { return name.baseName.text }
    if let generic = expression.as(GenericSpecializationExprSyntax.self) {
      return path(generic.expression)
    }
    guard let member = expression.as(MemberAccessExprSyntax.self), let base = member.base,
      let first = path(base)
    else { return nil }
    return "\(first).\(member.declName.baseName.text)"
  }

  /// Returns the text as one line of so many characters at most.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }
}
