/// A type of the standard library that is written with brackets or a question mark.
///
/// Taken apart by its parameters, because the runtime's names do not say `any`.
protocol SugaredType {
  static var sugaredName: String { get }
}

extension Array: SugaredType {
  static var sugaredName: String { "[\(TypeName.of(Element.self))]" }
}

extension Dictionary: SugaredType {
  static var sugaredName: String {
    "[\(TypeName.of(Key.self)): \(TypeName.of(Value.self))]"
  }
}

extension Optional: SugaredType {
  static var sugaredName: String {
    let wrapped = TypeName.of(Wrapped.self)
    let needsParentheses =
      wrapped.contains(" -> ") || wrapped.hasPrefix("any ") || wrapped.contains(" & ")
    return needsParentheses ? "(\(wrapped))?" : wrapped + "?"
  }
}

extension Set: SugaredType {
  static var sugaredName: String { "Set<\(TypeName.of(Element.self))>" }
}
