/// What a built-in coroutine takes at one place between its parentheses.
public struct CoroutineParameter: Hashable, Sendable {
  /// What a value means, and which ones are allowed.
  public enum Kind: Hashable, Sendable {
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A number of seconds, with or without a fraction.
    case seconds(ClosedRange<Double>)
    /// A TCP port.
    case port(ClosedRange<Int>)
  }

  /// The label in front of the value; `nil` when there is none.
  public let label: String?

  /// The name that stands for the value in a signature.
  public let name: String

  /// What the value means, and which ones are allowed.
  public let kind: Kind

  /// The parameter as a signature shows it: `every: seconds`.
  public var signature: String { label.map { "\($0): \(name)" } ?? name }

  /// The parameter as a message calls it: by its label or else by its name.
  var title: String { label.map { "\($0):" } ?? name }
}

/// A value that the parameter at its place allows.
enum ArgumentValue: Hashable, Sendable {
  case integer(Int)
  case seconds(Double)
}
