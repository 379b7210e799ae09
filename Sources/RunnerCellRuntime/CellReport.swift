/// A value of a cell as text.
public struct CellValue: Hashable, Sendable {
  /// The variable's name; `_` for the value of a cell's last expression.
  public var name: String
  /// The static type, as one writes it: `[Int]`, `(Int, String)?`.
  public var type: String
  /// The value, bounded; several lines when it does not fit into one.
  public var text: String

  /// Creates a value.
  public init(name: String, type: String, text: String) {
    self.name = name
    self.type = type
    self.text = text
  }
}

/// Collects the values of a cell.
public struct CellReport {
  /// In the order of their declarations.
  public private(set) var values: [CellValue] = []

  init() {}

  /// Adds a value; `Void` is none.
  public mutating func add<Value>(_ name: String, _ value: Value) {
    guard Value.self != Void.self else { return }
    values.append(
      CellValue(name: name, type: TypeName.of(Value.self), text: ValueText.of(value)))
  }

  /// Adds a value that cannot be copied: nothing but its type can be told.
  @_disfavoredOverload
  public mutating func add<Value: ~Copyable>(_ name: String, _ value: borrowing Value) {
    values.append(CellValue(name: name, type: TypeName.ofNoncopyable(Value.self), text: "…"))
  }
}
