/// A value as bounded text: strings in quotes, members by name, in several lines when one is too narrow.
enum ValueText {
  /// How wide a line gets before the parts of a value stand below each other.
  static let width = 80

  static func of(_ value: Any, limits: ValueTree.Limits = ValueTree.Limits()) -> String {
    ValueTree.reading(value, limits: limits).lines(width: width)
  }
}
