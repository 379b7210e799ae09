/// What stands before the cursor as Swift: the beginning of a name, and all text before it.
package struct SwiftPoint: Hashable, Sendable {
  package let before: String
  package let prefix: String
  /// Where the name begins, counted in Unicode scalars.
  package let start: Int

  /// Reads a half-typed input up to the cursor, which is counted in Unicode scalars.
  package init(_ text: String, cursor: Int) {
    let typed = text.unicodeScalars.prefix(max(0, cursor))
    let name = typed.reversed().prefix { Self.isInName($0) }.reversed()
    start = typed.count - name.count
    before = String(String.UnicodeScalarView(typed.prefix(start)))
    prefix = String(String.UnicodeScalarView(name))
  }

  /// Whether the name is that of a member: a dot stands before it, and not `..`.
  package var isMember: Bool {
    before.hasSuffix(".") && !before.hasSuffix("..")
  }

  /// Whether there is something to look for: everything that exists is too much.
  package var isSearchable: Bool {
    isMember || prefix.unicodeScalars.first.map { $0.properties.numericType == nil } ?? false
  }

  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDContinue
  }
}
