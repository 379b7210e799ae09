private import SwiftParser
internal import SwiftSyntax

/// `try await gather(fetch(1), fetch(2))`, as it is said at the prompt.
///
/// `gather` makes a task of each argument, so that Swift wants an `await` in each. The prompt writes it for
/// the person: the one in front already says that here is waited.
enum GatheredCalls {
  private static let word = "await "

  /// The cell with what its calls of `gather` lack.
  static func awaited(in source: CellSource, unless declared: (String) -> Bool) -> CellSource {
    guard source.text.contains("gather"), !declared("gather") else { return source }
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(Parser.parse(source: source.text))
    return walker.offsets.isEmpty ? source : source.inserting(word, at: walker.offsets.sorted())
  }

  /// Whether the compiler complains that a call needs no `await`, and it was not the person's.
  static func isOurs(_ diagnostic: CompilerDiagnostic, in source: CellSource) -> Bool {
    diagnostic.message.hasPrefix("no 'async' operations occur within 'await'")
      && source.insertions.contains {
        $0.line == diagnostic.place?.line && $0.column == diagnostic.place?.column
      }
  }

  private final class Walker: SyntaxVisitor {
    var offsets: [Int] = []

    override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
      let name = node.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text
      let values = node.arguments.filter { $0.label == nil }.map(\.expression)
      if name == "gather", values.count > 1, isAwaited(Syntax(node)) {
        offsets += values.compactMap { start(of: $0) }
      }
      return .visitChildren
    }

    /// Whether an `await` covers the call.
    private func isAwaited(_ node: Syntax) -> Bool {
      var parent = node.parent
      while let current = parent {
        if current.is(AwaitExprSyntax.self) { return true }
        if current.is(ClosureExprSyntax.self) || current.is(CodeBlockItemSyntax.self) {
          return false
        }
        if let list = current.as(ExprListSyntax.self), list.first?.is(AwaitExprSyntax.self) == true
        {
          return true
        }
        parent = current.parent
      }
      return false
    }

    /// Where an `await` belongs in an argument that calls something and has none.
    private func start(of argument: ExprSyntax) -> Int? {
      if let tried = argument.as(TryExprSyntax.self) { return start(of: tried.expression) }
      guard Contents.of(argument).isCall else { return nil }
      return argument.positionAfterSkippingLeadingTrivia.utf8Offset
    }
  }

  /// What an argument is made of, closures aside.
  private final class Contents: SyntaxVisitor {
    private var hasAwait = false
    private var hasCall = false

    /// Whether it calls something and awaits nothing.
    var isCall: Bool { hasCall && !hasAwait }

    static func of(_ argument: ExprSyntax) -> Contents {
      let contents = Contents(viewMode: .sourceAccurate)
      contents.walk(argument)
      return contents
    }

    override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
      hasAwait = true
      return .skipChildren
    }

    override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
      hasCall = true
      return .visitChildren
    }

    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  }
}
