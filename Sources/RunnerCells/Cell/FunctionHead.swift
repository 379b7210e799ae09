internal import SwiftSyntax

/// What a function of a cell is but for its body: when a later cell declares one with the same parameters, it
/// must not be found any more.
package struct FunctionHead: Hashable, Sendable {
  /// What makes it another function than one of the same name: generics, labels and types.
  let parameters: String
  /// The declaration without values for its parameters; `nil` where it cannot be written again.
  let text: String?

  init(_ function: FunctionDeclSyntax) {
    let signature = function.signature
    let parameters = signature.parameterClause.parameters.map { parameter in
      var bare = parameter.trimmed
      bare.defaultValue = nil
      bare.trailingComma = nil
      return bare.trimmedDescription
    }
    let types = signature.parameterClause.parameters.map {
      "\($0.firstName.trimmed.text):\($0.type.trimmedDescription)\($0.ellipsis?.text ?? "")"
    }
    let generics = function.genericParameterClause?.trimmedDescription ?? ""
    let conditions = function.genericWhereClause?.trimmedDescription ?? ""
    self.parameters = [generics, types.joined(separator: ","), conditions].joined(separator: "|")
    let words = function.attributes.trimmedDescription.split(whereSeparator: \.isNewline)
      .joined(separator: " ")
    let pieces = [
      words, function.modifiers.trimmedDescription,
      "func \(function.name.trimmed.text)\(generics)(\(parameters.joined(separator: ", ")))",
      signature.effectSpecifiers?.trimmedDescription ?? "",
      signature.returnClause?.trimmedDescription ?? "", conditions,
    ]
    let isOpaque = signature.returnClause?.tokens(viewMode: .sourceAccurate)
      .contains { $0.tokenKind == .keyword(.some) }
    text =
      isOpaque == true || !Self.canBeRepeated(function.attributes)
      ? nil : pieces.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether attributes say something of the type only, and not what the function is called elsewhere.
  private static func canBeRepeated(_ attributes: AttributeListSyntax) -> Bool {
    attributes.allSatisfy { attribute in
      guard let name = attribute.as(AttributeSyntax.self)?.attributeName.trimmedDescription else {
        return false
      }
      return ["MainActor", "discardableResult", "Sendable", "concurrent", "inline"].contains(name)
    }
  }
}
