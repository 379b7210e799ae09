/// A word of Swift that looks other than plain text.
package struct SwiftToken: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case keyword, string, number, comment
  }

  /// Counted in UTF-8 bytes of the text.
  package var range: Range<Int>
  package var kind: Kind

  package init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
