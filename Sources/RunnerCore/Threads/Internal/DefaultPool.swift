/// The pool that a loop uses for work that names none; a value.
///
/// `none` → `open` → `shutDown`; or from `none` straight to `shutDown`, when it was never used.
struct DefaultPool: Emptiable {
  private(set) var pool: RunnerThreadPool?
  private(set) var isShutDown = false

  /// The pool, made now if need be.
  ///
  /// - Throws: `RunnerError.closed` after `shutDown`.
  mutating func use(byLoop name: String) throws -> RunnerThreadPool {
    if isShutDown {
      throw RunnerError(
        .closed,
        "Executor shutdown has been called: the loop '\(name)' has no default thread pool any more;"
          + " give runInExecutor a pool of your own.")
    }
    if let pool { return pool }
    let made = RunnerThreadPool(name: name)
    pool = made
    return made
  }

  /// Puts another in its place; returns the earlier one.
  mutating func replace(with other: RunnerThreadPool?) -> RunnerThreadPool? {
    defer { pool = other }
    return pool
  }

  /// Lets the pool be used no more; returns it, if there is one.
  mutating func shutDown() -> RunnerThreadPool? {
    isShutDown = true
    return pool
  }
}
