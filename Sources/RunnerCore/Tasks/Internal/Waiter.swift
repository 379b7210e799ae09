/// One suspended `await` on something of this library.
///
/// Each task has one waiter and uses it again for every wait; `generation` tells the waits apart.
/// Child tasks that the library did not make (`async let`, task groups) get one for each wait.
///
/// Only the loop's owner touches it. `idle` → `parked` → `waking` → `idle`; a wait that is
/// interrupted goes the same way, with `wasInterrupted` set.
final class Waiter: @unchecked Sendable {
  private enum State: UInt8 {
    case idle
    /// Suspended; whoever ends the wait queues it.
    case parked
    /// Queued on the loop; an interrupt can still change what the wait ends with.
    case waking
  }

  // Without checks for overlapping access, as in `EventLoop`.
  @exclusivity(unchecked) private var state = State.idle
  @exclusivity(unchecked) private(set) var generation: UInt32 = 0
  /// Whether the wait ends with `CancellationError`.
  @exclusivity(unchecked) private(set) var wasInterrupted = false
  /// What resumes the code that waits: one of the two.
  @exclusivity(unchecked) var continuation: UnsafeContinuation<Void, Never>?
  @exclusivity(unchecked) var job: UnownedJob?

  /// The task whose waiter this is; it outlives every wait of its own.
  var task: AnyRunnerTask? { taskReference?.takeUnretainedValue() }
  private let taskReference: Unmanaged<AnyRunnerTask>?

  /// The task in which a child task was made that waits here; it may have ended before the child.
  let owner: AnyRunnerTask?

  init(task: AnyRunnerTask?, owner: AnyRunnerTask? = nil) {
    taskReference = task.map { .passUnretained($0) }
    self.owner = owner
  }

  /// The task that pictures show as the one that waits.
  var visibleTask: TaskID? { (task ?? owner)?.visible.id }

  func isParked(_ generation: UInt32) -> Bool {
    state == .parked && self.generation == generation
  }

  var isParked: Bool { state == .parked }

  var isIdle: Bool { state == .idle }

  func park() {
    generation &+= 1
    state = .parked
    wasInterrupted = false
  }

  /// Ends the wait; returns whether it was parked and must now be queued.
  func beginWaking() -> Bool {
    guard state == .parked else { return false }
    state = .waking
    return true
  }

  /// Lets the wait end with `CancellationError`; returns whether it must now be queued.
  func interrupt() -> Bool {
    guard state != .idle else { return false }
    wasInterrupted = true
    return beginWaking()
  }

  /// What to execute, if the task was sent away.
  func takeJob() -> UnownedJob? {
    guard let job else { return nil }
    state = .idle
    self.job = nil
    return job
  }

  /// The task's facts at the end of the wait; returns what it waited for.
  func leave() -> (any WaitTarget)? {
    withTask { task in
      task.waitCell.end()
      guard let target = task.waitTarget else { return nil }
      task.waitTarget = nil
      return target
    } ?? nil
  }

  /// The task's state once its wait has ended.
  func noteReady() { withTask { $0.setState(.ready) } }

  /// Calls `body` with the task without counting a reference to it.
  @inline(__always) @discardableResult
  func withTask<R>(_ body: (AnyRunnerTask) -> R) -> R? {
    taskReference.map { $0._withUnsafeGuaranteedRef(body) }
  }

  func takeContinuation() -> UnsafeContinuation<Void, Never>? {
    state = .idle
    defer { continuation = nil }
    return continuation
  }
}

/// Something a task can wait for that takes part in cancellation: a task or a future.
protocol WaitTarget: AnyObject {
  /// Passes on a request to cancel from a task that waits; returns whether it was accepted.
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool

  /// Forgets a waiter whose wait was interrupted.
  func removeWaiter(_ waiter: Waiter)
}

/// The waiters of one task or future, in the order in which they came.
struct WaiterList {
  private var first: Waiter?
  private var firstGeneration: UInt32 = 0
  private var others: [(waiter: Waiter, generation: UInt32)] = []

  var isEmpty: Bool { first == nil && others.isEmpty }

  mutating func append(_ waiter: Waiter) {
    if first == nil, others.isEmpty {
      first = waiter
      firstGeneration = waiter.generation
    } else {
      others.append((waiter, waiter.generation))
    }
  }

  mutating func remove(_ waiter: Waiter) {
    if first === waiter { first = nil }
    others.removeAll { $0.waiter === waiter }
  }

  /// Removes all and calls `body` with those that still wait.
  mutating func drain(_ body: (Waiter) -> Void) {
    if let waiter = first, waiter.isParked(firstGeneration) { body(waiter) }
    for (waiter, generation) in others where waiter.isParked(generation) { body(waiter) }
    first = nil
    others = []
  }
}
