internal import SwiftSyntax

/// The constants of actors that everybody may read without `await`, where they are declared.
///
/// Within a module Swift says so of each constant; cells are modules, so it has to be written.
enum OpenConstants {
  /// Returns the ends of the tokens before such declarations, in bytes.
  static func of(_ node: some SyntaxProtocol) -> [Int] {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.offsets.sorted()
  }

  private final class Walker: SyntaxVisitor {
    var offsets: [Int] = []

    override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind {
      add(node.memberBlock)
      return .visitChildren
    }

    override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
      if isOfMainActor(node.attributes) { add(node.memberBlock) }
      return .visitChildren
    }

    private func isOfMainActor(_ attributes: AttributeListSyntax) -> Bool {
      attributes.contains {
        $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "MainActor"
      }
    }

    private func add(_ members: MemberBlockSyntax) {
      for member in members.members {
        guard let constant = member.decl.as(VariableDeclSyntax.self),
          constant.bindingSpecifier.tokenKind == .keyword(.let), constant.attributes.isEmpty,
          !constant.modifiers.contains(where: { Self.excluded.contains($0.name.text) }),
          let token = constant.firstToken(viewMode: .sourceAccurate)?
            .previousToken(viewMode: .sourceAccurate)
        else { continue }
        offsets.append(token.endPositionBeforeTrailingTrivia.utf8Offset)
      }
    }

    private static let excluded: Set<String> = ["static", "class", "nonisolated"]
  }
}
