/// A way to go on in a half-typed piece of Swift.
public struct SwiftCompletion: Hashable, Sendable {
  /// What replaces the beginning of the word: `append(contentsOf: `.
  public var text: String
  /// Its type, or what it is: `(contentsOf: Sequence)`, `Int`, `struct`.
  public var note: String

  public init(text: String, note: String) {
    self.text = text
    self.note = note
  }
}
