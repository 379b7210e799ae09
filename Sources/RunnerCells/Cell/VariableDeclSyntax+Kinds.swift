internal import SwiftSyntax

extension VariableDeclSyntax {
  /// Whether every binding has a value, given or implied.
  var hasValues: Bool {
    bindings.allSatisfy { binding in
      binding.initializer != nil
        || (bindingSpecifier.tokenKind == .keyword(.var) && binding.accessorBlock == nil
          && binding.typeAnnotation?.type.isOptional == true)
    }
  }

  /// The type of a single name without a value and without accessors.
  var unsetType: String? {
    guard bindings.count == 1, let binding = bindings.first, !hasValues,
      binding.accessorBlock == nil, attributes.isEmpty,
      binding.pattern.is(IdentifierPatternSyntax.self)
    else { return nil }
    return binding.typeAnnotation?.type.trimmedDescription
  }

  /// Whether only the compiler knows what to make of it: macros, wrappers, `lazy`.
  ///
  /// Such a variable is initialised when it is first used, as other globals are. A value that must be
  /// awaited or may throw is computed in its turn all the same.
  var mustStandAsItIs: Bool {
    if modifiers.contains(where: { $0.name.tokenKind == .keyword(.lazy) }) { return true }
    guard !attributes.isEmpty else { return false }
    return !tokens(viewMode: .sourceAccurate).contains {
      $0.tokenKind == .keyword(.await) || $0.tokenKind == .keyword(.try)
    }
  }
}

extension TypeSyntax {
  fileprivate var isOptional: Bool {
    self.is(OptionalTypeSyntax.self) || self.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
  }
}
