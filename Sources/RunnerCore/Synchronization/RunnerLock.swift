/// Lets one task after the other have something, in the order in which they ask; mirrors
/// `asyncio.Lock`.
///
///     let lock = RunnerLock(label: "db")
///     try await lock.withLock { try await save() }
///
/// A task that is cancelled while it waits leaves its place; one that was let in at that very moment
/// passes its turn on. The lock does not belong to a task: any code of the loop may release it. It is
/// bound to the loop of the first task that asks for it. Use it on that loop's thread, or while no
/// thread runs the loop.
public final class RunnerLock: @unchecked Sendable {
  private var object: SharedObject
  private var state = LockState()
  private var isHolderShown = false

  /// Creates a lock that is free.
  ///
  /// - Parameter label: what it stands for, as snapshots show it.
  public init(label: String = "") {
    object = SharedObject("Lock", label: label)
  }

  /// A number that names the lock in snapshots.
  public var number: UInt64 { object.number }

  /// What the lock stands for, as snapshots show it.
  public var label: String { object.label }

  /// Whether somebody has it; mirrors `Lock.locked()`.
  public var isLocked: Bool { state.holder != nil }

  /// Waits for the lock, runs `body` and gives the lock back, also when `body` throws.
  ///
  /// Mirrors `async with lock:`.
  ///
  /// - Throws: what `acquire()` and `body` throw; `RunnerError.invalidState` when `body` has released
  ///   the lock itself.
  public func withLock<Result>(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ body: () async throws -> Result
  ) async throws -> Result {
    try await acquire(at: WaitSite(fileID, line, function))
    let result: Result
    do {
      result = try await body()
    } catch {
      if isLocked { try release() }
      throw error
    }
    try release()
    return result
  }

  /// Waits until the lock is free and takes it; mirrors `Lock.acquire()`.
  ///
  /// Does not suspend when it is free and nobody waits for it.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; it does not have the lock
  ///   then. `RunnerError` outside of a runner's task or in a task of another loop.
  public func acquire(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    try await acquire(at: WaitSite(fileID, line, function))
  }

  /// Gives the lock back and lets the first one that waits go on; mirrors `Lock.release()`.
  ///
  /// - Throws: `RunnerError.invalidState` when nobody has the lock; `RunnerError.foreignLoop` in a task
  ///   of another loop.
  public func release() throws {
    try object.checkLoop()
    guard isLocked else {
      throw RunnerError(
        .invalidState, "\(object.title) is not acquired; only one that is can be released.")
    }
    let next = state.release()
    showHolder()
    object.wake(next)
  }

  // MARK: Inside

  func acquire(at site: WaitSite) async throws {
    let loop = try object.bind("acquire()")
    if await !acquire(on: loop, at: site, isShielded: false) { throw CancellationError() }
  }

  /// Returns whether the lock was acquired; if not, the task was cancelled.
  func acquire(on loop: EventLoop, at site: WaitSite, isShielded: Bool) async -> Bool {
    var holder = WaitHolder(
      task: AnyRunnerTask.current?.id, site: site, since: loop.clock.now.nanoseconds)
    if state.acquireAtOnce(holder) { return true }
    let ended = await loop.waitInLine(
      .lock, for: object.number, site: site, isShielded: isShielded
    ) {
      state.append($0)
      showHolder()
    }
    holder.since = loop.clock.now.nanoseconds
    let next = state.resume(ended, as: holder)
    showHolder()
    object.wake(next)
    return !ended.wasInterrupted
  }

  /// Lets snapshots from any thread see who has the lock, while somebody waits for it.
  private func showHolder() {
    let holder = state.waiters.isEmpty ? nil : state.holder
    if holder == nil, !isHolderShown { return }
    isHolderShown = holder != nil
    ObjectNumber.setHolder(holder, of: object.number)
  }
}

extension RunnerLock: CustomStringConvertible {
  /// The lock in one line: number, label, who has it since which line, how many wait.
  ///
  /// Mirrors `repr(lock)`.
  public var description: String {
    var words = object.title
    if let holder = state.holder {
      words += " locked"
      if let task = holder.task { words += " by task \(task)" }
      words += " in \(SourceSite(holder.site))"
    } else {
      words += " unlocked"
    }
    if !state.waiters.isEmpty { words += ", \(state.waiters.count) waiting" }
    return "<\(words)>"
  }
}
