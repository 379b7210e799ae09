/// A step of a cell that must have run before the names it declares can be used.
public protocol CellStep: AnyObject {
  /// Whether the names have values.
  var isReady: Bool { get }
  /// The name that was declared without a value and has none yet.
  var unsetName: String? { get }
}

/// The initialiser of one or several variables of a cell.
///
/// The compiler infers `Value` from the closure. The cell's body calls `run` where the declaration
/// stands; the variables, which are globals, take the value when they are first used.
public final class CellSlot<Value: ~Copyable>: CellStep, @unchecked Sendable {
  private var body: (() async throws -> Value)?
  private var value: Value?
  public private(set) var isReady = false
  public var unsetName: String? { nil }

  /// Creates a slot that has not run.
  public init(_ body: @escaping () async throws -> Value) {
    self.body = body
  }

  /// The name of the type that the compiler inferred.
  public var typeName: String { TypeName.ofNoncopyable(Value.self) }

  /// Runs the initialiser; called once, by the cell's body.
  public func run() async throws {
    guard let body else { return }
    self.body = nil
    value = try await body()
    isReady = true
  }

  /// Hands the value to the global; called once, when that is first used.
  public func take() -> Value {
    guard let value = value.take() else {
      fatalError("A variable of a cell was used before its declaration had run.")
    }
    return value
  }
}
