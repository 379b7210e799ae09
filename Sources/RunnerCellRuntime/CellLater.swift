/// A variable of a cell that is declared without a value: `let message: String`.
public final class CellLater<Value>: CellStep, @unchecked Sendable {
  private let name: String
  private var stored: Value?

  /// Creates a variable without a value.
  public init(_ name: String) {
    self.name = name
  }

  public var isReady: Bool { stored != nil }

  public var unsetName: String? { stored == nil ? name : nil }

  /// The value; reading it before it was set ends the process, as an unwrapped `nil` does.
  public var value: Value {
    get {
      guard let stored else { fatalError("'\(name)' was read before it was given a value.") }
      return stored
    }
    set { stored = newValue }
  }
}
