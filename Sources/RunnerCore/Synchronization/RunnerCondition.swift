/// Lets tasks that share a lock wait until another one says that something has changed; mirrors
/// `asyncio.Condition`.
///
///     try await condition.withLock {
///       try await condition.wait { !orders.isEmpty }
///       serve(orders.removeFirst())
///     }
///
/// A task that was notified and is cancelled before it goes on passes the notification to the next one,
/// so a wait may end although nothing has changed: look again, or give `wait(for:)` a predicate. It is
/// bound to the loop of the first task that uses it. Use it on that loop's thread.
public final class RunnerCondition: @unchecked Sendable {
  private var object: SharedObject
  private var waiters = WaiterQueue()

  /// The lock that a task must have to wait and to notify.
  public let lock: RunnerLock

  /// Creates a condition.
  ///
  /// - Parameters:
  ///   - lock: a lock that it shares with others; `nil` makes one.
  ///   - label: what it stands for, as snapshots show it.
  public init(lock: RunnerLock? = nil, label: String = "") {
    object = SharedObject("Condition", label: label)
    self.lock = lock ?? RunnerLock(label: label)
  }

  /// A number that names the condition in snapshots.
  public var number: UInt64 { object.number }

  /// What the condition stands for, as snapshots show it.
  public var label: String { object.label }

  // MARK: The lock

  /// Whether somebody has the lock; mirrors `Condition.locked()`.
  public var isLocked: Bool { lock.isLocked }

  /// Runs `body` with the lock; see `RunnerLock.withLock(_:)`.
  ///
  /// Mirrors `async with condition:`.
  public func withLock<Result>(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ body: () async throws -> Result
  ) async throws -> Result {
    try await lock.withLock(fileID: fileID, line: line, function: function, body)
  }

  /// Waits for the lock; see `RunnerLock.acquire()`.
  ///
  /// Mirrors `Condition.acquire()`.
  public func acquire(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    try await lock.acquire(at: WaitSite(fileID, line, function))
  }

  /// Gives the lock back; see `RunnerLock.release()`.
  ///
  /// Mirrors `Condition.release()`.
  public func release() throws { try lock.release() }

  // MARK: Waiting

  /// Releases the lock, waits for a notification, and takes the lock again; mirrors
  /// `Condition.wait()`.
  ///
  /// However it ends, the task has the lock again: a task that is cancelled waits for it all the same.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits, for the notification or
  ///   for the lock; `RunnerError.invalidState` when nobody has the lock; `RunnerError` outside of a
  ///   runner's task or in a task of another loop.
  public func wait(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    try await wait(at: WaitSite(fileID, line, function))
  }

  /// Waits until `predicate` holds; it is asked at once and after each notification, with the lock.
  ///
  /// Mirrors `Condition.wait_for()`.
  ///
  /// - Throws: what `predicate` throws, and what `wait()` throws.
  public func wait(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    for predicate: () throws -> Bool
  ) async throws {
    while try !predicate() { try await wait(at: WaitSite(fileID, line, function)) }
  }

  private func wait(at site: WaitSite) async throws {
    try checkLocked("wait for")
    let loop = try object.bind("wait()")
    try lock.release()
    let ended = await loop.waitInLine(.condition, for: object.number, site: site) {
      waiters.append($0)
    }
    _ = waiters.remove(ended.waiter)
    var wasInterrupted = ended.wasInterrupted
    while await !lock.acquire(on: loop, at: site, isShielded: true) { wasInterrupted = true }
    guard wasInterrupted else { return }
    // It may have been notified before: somebody else has to hear of it then.
    object.wake(waiters.wakeNext())
    throw CancellationError()
  }

  // MARK: Notifying

  /// Lets the first `count` of those that wait go on, as soon as they get the lock; mirrors
  /// `Condition.notify()`.
  ///
  /// - Throws: `RunnerError.invalidState` when nobody has the lock; `RunnerError.foreignLoop` in a task
  ///   of another loop.
  public func notify(_ count: Int = 1) throws {
    try object.checkLoop()
    try checkLocked("notify")
    object.wake(waiters.wake(atMost: count))
  }

  /// Lets all that wait go on, as soon as they get the lock; mirrors `Condition.notify_all()`.
  ///
  /// - Throws: as `notify(_:)`.
  public func notifyAll() throws { try notify(.max) }

  private func checkLocked(_ verb: String) throws {
    if lock.isLocked { return }
    throw RunnerError(
      .invalidState, "Cannot \(verb) \(object.title): its lock is not acquired; acquire it first.")
  }
}

extension RunnerCondition: CustomStringConvertible {
  /// The condition in one line: number, label, whether its lock is held, how many wait.
  ///
  /// Mirrors `repr(condition)`.
  public var description: String {
    var words = "\(object.title) \(isLocked ? "locked" : "unlocked")"
    if !waiters.isEmpty { words += ", \(waiters.count) waiting" }
    return "<\(words)>"
  }
}
