/// A variable whose value belongs to the task that reads it; mirrors `contextvars.ContextVar`.
///
/// A task begins with a copy of the context of the code that made it; the runs of one runner share
/// that runner's context. May be used from any thread.
public final class ContextVariable<Value: Sendable>: Sendable {
  /// The name that snapshots show.
  public let name: String

  private let defaultValue: Value

  /// Creates a variable; keep it in a global or a static property.
  public init(_ name: String, default defaultValue: Value) {
    self.name = name
    self.defaultValue = defaultValue
  }

  /// The value in the present context, or the default; mirrors `ContextVar.get()`.
  public var value: Value { SharedRunnerContext.current.value[self] ?? defaultValue }

  /// Sets the value in the present context; mirrors `ContextVar.set()`.
  ///
  /// - Returns: what `reset` needs to put the earlier value back.
  @discardableResult
  public func set(_ value: Value) -> ContextToken<Value> {
    SharedRunnerContext.current.change { context in
      let token = ContextToken(previous: context[self])
      context[self] = value
      return token
    }
  }

  /// Puts back the value that was there before a `set`; mirrors `ContextVar.reset()`.
  public func reset(_ token: ContextToken<Value>) {
    SharedRunnerContext.current.change { $0[self] = token.previous }
  }
}

/// What `ContextVariable.set` returns: the value that was there before.
public struct ContextToken<Value: Sendable>: Sendable {
  /// The earlier value; `nil` when the variable was not set.
  public let previous: Value?
}
