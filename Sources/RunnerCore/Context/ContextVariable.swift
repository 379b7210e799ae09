private import Synchronization

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
  public var value: Value { SharedRunnerContext.currentValue[self] ?? defaultValue }

  /// Sets the value in the present context; mirrors `ContextVar.set()`.
  ///
  /// - Returns: what `reset` needs to put the earlier value back.
  @discardableResult
  public func set(_ value: Value) -> ContextToken<Value> {
    let present = SharedRunnerContext.current
    return present.change { context in
      let token = ContextToken(previous: context[self], of: self, in: present)
      context[self] = value
      return token
    }
  }

  /// Puts back the value that was there before a `set`; mirrors `ContextVar.reset()`.
  ///
  /// - Throws: `RunnerError.invalidState` when the token has been used already;
  ///   `RunnerError.invalidArgument` when it was made by another variable or in another context, such as
  ///   that of another task.
  public func reset(_ token: ContextToken<Value>) throws {
    let present = SharedRunnerContext.current
    guard token.variable === self else {
      throw RunnerError(
        .invalidArgument,
        "The token was made by the variable '\(token.variable.name)' and cannot reset '\(name)'; use it"
          + " there.")
    }
    guard token.context === present || token.isUsed else {
      throw RunnerError(
        .invalidArgument,
        "The token of the variable '\(name)' was made in another context; use it in the task that has"
          + " called set().")
    }
    guard token.beginUse() else {
      throw RunnerError(
        .invalidState,
        "The token of the variable '\(name)' has been used already; each one puts a value back once."
      )
    }
    present.change { $0[self] = token.previous }
  }
}

/// What `ContextVariable.set` returns: the value that was there before; mirrors `contextvars.Token`.
public final class ContextToken<Value: Sendable>: Sendable {
  /// The earlier value; `nil` when the variable was not set.
  public let previous: Value?

  let variable: ContextVariable<Value>
  let context: SharedRunnerContext
  private let usedFlag = Atomic<Bool>(false)

  init(
    previous: Value?, of variable: ContextVariable<Value>, in context: SharedRunnerContext
  ) {
    self.previous = previous
    self.variable = variable
    self.context = context
  }

  var isUsed: Bool { usedFlag.load(ordering: .relaxed) }

  /// Returns false when it has been used before.
  func beginUse() -> Bool { !usedFlag.exchange(true, ordering: .relaxed) }
}
