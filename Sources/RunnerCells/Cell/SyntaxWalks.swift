internal import SwiftSyntax

/// The names that a pattern or a `guard` binds.
enum BoundNames {
  static func of(_ pattern: some SyntaxProtocol) -> [String] {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(pattern)
    return walker.names
  }

  static func of(_ statement: GuardStmtSyntax) -> [String] {
    statement.conditions.flatMap { of($0) }
  }

  private final class Walker: SyntaxVisitor {
    var names: [String] = []

    override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
      names.append(node.identifier.plainText)
      return .skipChildren
    }

    override func visit(_ node: InitializerClauseSyntax) -> SyntaxVisitorContinueKind {
      .skipChildren
    }

    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  }
}

/// What expressions name without a dot before it.
enum Mentions {
  static func of(_ node: some SyntaxProtocol) -> Set<String> {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.names
  }

  private final class Walker: SyntaxVisitor {
    var names: Set<String> = []

    override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
      let isMember = node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
      if !isMember { names.insert(node.baseName.plainText) }
      return .skipChildren
    }

    // `if let x` names x.
    override func visit(_ node: OptionalBindingConditionSyntax) -> SyntaxVisitorContinueKind {
      if node.initializer == nil, let name = node.pattern.as(IdentifierPatternSyntax.self) {
        names.insert(name.identifier.plainText)
      }
      return .visitChildren
    }
  }
}

/// What is read as a value and never called: what an object that is no function can stand for.
enum ObjectMentions {
  static func of(_ node: some SyntaxProtocol) -> Set<String> {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.read.subtracting(walker.called)
  }

  private final class Walker: SyntaxVisitor {
    var read: Set<String> = []
    var called: Set<String> = []

    override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
      let name = node.baseName.plainText
      if node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id {
        return .skipChildren
      }
      if node.parent?.as(FunctionCallExprSyntax.self)?.calledExpression.id == node.id
        || node.argumentNames != nil
      {
        called.insert(name)
      } else {
        read.insert(name)
      }
      return .skipChildren
    }
  }
}

/// The names that are assigned somewhere.
enum Assignments {
  static func of(_ node: some SyntaxProtocol) -> Set<String> {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.names
  }

  private final class Walker: SyntaxVisitor {
    var names: Set<String> = []

    override func visit(_ node: SequenceExprSyntax) -> SyntaxVisitorContinueKind {
      let elements = Array(node.elements.prefix(2))
      if elements.count == 2, elements[1].is(AssignmentExprSyntax.self) {
        names.formUnion(Mentions.of(elements[0]))
      }
      return .visitChildren
    }
  }
}

/// Where `_` is read, not assigned or matched.
enum LastValues {
  static func of(_ node: some SyntaxProtocol) -> [Int] {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.offsets
  }

  private final class Walker: SyntaxVisitor {
    var offsets: [Int] = []

    override func visit(_ node: DiscardAssignmentExprSyntax) -> SyntaxVisitorContinueKind {
      if !isAssigned(Syntax(node)) {
        offsets.append(node.positionAfterSkippingLeadingTrivia.utf8Offset)
      }
      return .skipChildren
    }

    override func visit(_ node: ExpressionPatternSyntax) -> SyntaxVisitorContinueKind {
      .skipChildren
    }

    /// Whether an `=` follows in the sequence that the node is part of.
    private func isAssigned(_ node: Syntax) -> Bool {
      var current = node
      while let parent = current.parent {
        if let list = parent.as(ExprListSyntax.self),
          list.parent?.is(SequenceExprSyntax.self) == true
        {
          return list.contains {
            $0.is(AssignmentExprSyntax.self) && $0.position > node.position
          }
        }
        if parent.is(CodeBlockItemSyntax.self)
          || parent.is(LabeledExprListSyntax.self)
            && parent.parent?.is(TupleExprSyntax.self) != true
        {
          return false
        }
        current = parent
      }
      return false
    }
  }
}
