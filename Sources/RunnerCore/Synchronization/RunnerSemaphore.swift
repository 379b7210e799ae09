/// Lets a number of tasks have something at the same time, in the order in which they ask; mirrors
/// `asyncio.Semaphore` and `asyncio.BoundedSemaphore`.
///
///     let connections = RunnerSemaphore(10, label: "connections")
///     try await connections.withSlot { try await fetch(url) }
///
/// A task that is cancelled while it waits leaves its place; one that was let in at that very moment
/// passes its turn on. It is bound to the loop of the first task that asks for it. Use it on that
/// loop's thread, or while no thread runs the loop.
public final class RunnerSemaphore: @unchecked Sendable {
  private var object: SharedObject
  private var state: SemaphoreState

  /// Whether `release()` refuses to make more slots than there were in the beginning.
  public let isBounded: Bool

  /// Creates a semaphore.
  ///
  /// - Parameters:
  ///   - slots: how many may have it at the same time.
  ///   - isBounded: whether a `release()` too many is an error.
  ///   - label: what it stands for, as snapshots show it.
  /// - Precondition: `slots` is not negative.
  public init(_ slots: Int = 1, isBounded: Bool = false, label: String = "") {
    precondition(slots >= 0, "A semaphore with \(slots) slots cannot be: give it 0 or more.")
    object = SharedObject("Semaphore", label: label)
    state = SemaphoreState(slots: slots)
    self.isBounded = isBounded
  }

  /// A number that names the semaphore in snapshots.
  public var number: UInt64 { object.number }

  /// What the semaphore stands for, as snapshots show it.
  public var label: String { object.label }

  /// How many slots are neither taken nor promised to one that waits.
  public var freeSlots: Int { state.free }

  /// Whether who asks now would have to wait; mirrors `Semaphore.locked()`.
  public var isLocked: Bool { state.isLocked }

  /// Waits for a slot, runs `body` and gives the slot back, also when `body` throws.
  ///
  /// Mirrors `async with semaphore:`.
  ///
  /// - Throws: what `acquire()`, `body` and `release()` throw.
  public func withSlot<Result>(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ body: () async throws -> Result
  ) async throws -> Result {
    try await acquire(at: WaitSite(fileID, line, function))
    let result: Result
    do {
      result = try await body()
    } catch {
      if canRelease { try release() }
      throw error
    }
    try release()
    return result
  }

  /// Waits until a slot is free and takes it; mirrors `Semaphore.acquire()`.
  ///
  /// Does not suspend when one is free and nobody waits.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; it does not have a slot
  ///   then. `RunnerError` outside of a runner's task or in a task of another loop.
  public func acquire(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    try await acquire(at: WaitSite(fileID, line, function))
  }

  /// Gives a slot back and lets the first one that waits have it; mirrors `Semaphore.release()`.
  ///
  /// - Throws: `RunnerError.invalidState` when a bounded one has all its slots;
  ///   `RunnerError.foreignLoop` in a task of another loop.
  public func release() throws {
    try object.checkLoop()
    guard canRelease else {
      throw RunnerError(
        .invalidState,
        "\(object.title) was released too many times; it is bounded to \(state.slots)"
          + (state.slots == 1 ? " slot." : " slots."))
    }
    object.wake(state.release())
  }

  private var canRelease: Bool { !isBounded || state.free < state.slots }

  private func acquire(at site: WaitSite) async throws {
    let loop = try object.bind("acquire()")
    if state.acquireAtOnce() { return }
    let ended = await loop.waitInLine(.semaphore, for: object.number, site: site) {
      state.append($0)
    }
    object.wake(state.resume(ended))
    if ended.wasInterrupted { throw CancellationError() }
  }
}

extension RunnerSemaphore: CustomStringConvertible {
  /// The semaphore in one line: number, label, how many slots are free, how many wait.
  ///
  /// Mirrors `repr(semaphore)`.
  public var description: String {
    var words = object.title
    words += state.isLocked ? " locked" : " unlocked, \(state.free) free"
    if !state.waiters.isEmpty { words += ", \(state.waiters.count) waiting" }
    return "<\(words)>"
  }
}
