/// A name of a session and the value that it stands for.
public struct ValueBinding: Hashable, Sendable {
  /// A variable's name; `_` for the value of an expression.
  public var name: String
  public var value: ValueSnapshot

  public init(name: String, value: ValueSnapshot) {
    self.name = name
    self.value = value
  }
}
