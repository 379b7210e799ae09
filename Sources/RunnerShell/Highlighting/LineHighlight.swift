/// A part of a half-typed input that is more than plain text.
public struct LineHighlight: Hashable, Sendable {
  public enum Kind: Hashable, Sendable, CaseIterable {
    case command, flag, keyword, string, number, comment
  }

  /// Counted in Unicode scalars of the input.
  public var range: Range<Int>
  public var kind: Kind

  public init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
