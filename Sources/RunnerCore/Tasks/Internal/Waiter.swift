private import CRunnerRuntime

/// One suspended `await` on something of this library.
///
/// Each task has one waiter and uses it again for every wait; `generation` tells the waits apart.
/// Child tasks that the library did not make (`async let`, task groups) get one for each wait.
///
/// Only the loop's owner touches it. `idle` → `parked` → `waking` → `idle`; a wait that is
/// interrupted goes the same way, with `wasInterrupted` set.
class Waiter: @unchecked Sendable {
  private enum State: UInt8 {
    case idle
    /// Suspended; whoever ends the wait queues it.
    case parked
    /// Queued on the loop; an interrupt can still change what the wait ends with.
    case waking
  }

  // Without checks for overlapping access, as in `EventLoop`; in the order in which they take the least room.
  /// What resumes the code that waits, in one word: its continuation, or the job of its task.
  @exclusivity(unchecked) private var resumption: UInt = 0
  /// The task whose waiter this is; it outlives every wait of its own.
  private let taskReference: Unmanaged<AnyRunnerTask>?
  @exclusivity(unchecked) private(set) var generation: UInt32 = 0
  @exclusivity(unchecked) private var state = State.idle
  /// Whether the wait ends with `CancellationError`.
  @exclusivity(unchecked) private(set) var wasInterrupted = false
  @exclusivity(unchecked) private var isJob = false

  /// The same, or `nil` for a child task of Swift's own.
  final var task: AnyRunnerTask? { taskReference?.takeUnretainedValue() }

  /// The task in which a child task was made that waits here; it may have ended before the child.
  var owner: AnyRunnerTask? { nil }

  init(task: AnyRunnerTask?) {
    taskReference = task.map { .passUnretained($0) }
  }

  /// Notes the continuation.
  final func keep(_ continuation: UnsafeContinuation<Void, Never>) {
    resumption = unsafeBitCast(continuation, to: UInt.self)
    isJob = false
  }

  /// The task that pictures show as the one that waits.
  final var visibleTask: TaskID? { (task ?? owner)?.visible.id }

  final func isParked(_ generation: UInt32) -> Bool {
    state == .parked && self.generation == generation
  }

  final var isParked: Bool { state == .parked }

  final var isIdle: Bool { state == .idle }

  final func park() {
    generation &+= 1
    state = .parked
    wasInterrupted = false
  }

  /// The same for a task whose job is at the address, which is what goes on unless a continuation is noted.
  @inline(__always)
  final func park(with job: UInt) {
    park()
    resumption = job
    isJob = true
  }

  /// Ends the wait; returns whether it was parked and must now be queued.
  final func beginWaking() -> Bool {
    guard state == .parked else { return false }
    state = .waking
    return true
  }

  /// Lets the wait end with `CancellationError`; returns whether it must now be queued.
  final func interrupt() -> Bool {
    guard state != .idle else { return false }
    wasInterrupted = true
    return beginWaking()
  }

  /// Lets the processor fetch what going on will need.
  @inline(__always)
  final func prefetchTask() {
    runner_prefetch_job(resumption)
    if let taskReference { runner_prefetch_task(taskReference.toOpaque()) }
  }

  /// What to execute, if the task was sent away.
  final func takeJob() -> UnownedJob? {
    guard isJob, resumption != 0 else { return nil }
    state = .idle
    defer { resumption = 0 }
    return unsafeBitCast(resumption, to: UnownedJob.self)
  }

  /// The task's facts at the end of the wait.
  @inline(__always)
  final func leave() {
    withTask { task in
      task.waitCell.end()
      task.waitTarget = nil
    }
  }

  /// The task's state once its wait has ended.
  final func noteReady() { withTask { $0.setState(.ready) } }

  /// Calls `body` with the task without counting a reference to it.
  @inline(__always) @discardableResult
  final func withTask<R>(_ body: (AnyRunnerTask) -> R) -> R? {
    taskReference.map { $0._withUnsafeGuaranteedRef(body) }
  }

  final func takeContinuation() -> UnsafeContinuation<Void, Never>? {
    state = .idle
    if resumption == 0 { return nil }
    defer { resumption = 0 }
    return unsafeBitCast(resumption, to: UnsafeContinuation<Void, Never>.self)
  }
}

/// The waiter of a child task that the library did not make.
final class ChildWaiter: Waiter, @unchecked Sendable {
  private let maker: AnyRunnerTask?

  override var owner: AnyRunnerTask? { maker }

  init(of maker: AnyRunnerTask?) {
    self.maker = maker
    super.init(task: nil)
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
///
/// They live as long as they wait, and who was interrupted leaves the list: of the first one no reference is
/// counted.
struct WaiterList {
  private var first: Unmanaged<Waiter>?
  private var firstGeneration: UInt32 = 0
  /// Without an array while there is only one: an empty one is a reference too.
  private var others: [(waiter: Waiter, generation: UInt32)]?

  var isEmpty: Bool { first == nil && others == nil }

  @inline(__always)
  mutating func append(_ waiter: Waiter) {
    if isEmpty {
      first = .passUnretained(waiter)
      firstGeneration = waiter.generation
    } else {
      appendOther(waiter)
    }
  }

  @inline(never)
  private mutating func appendOther(_ waiter: Waiter) {
    if others == nil { others = [] }
    others?.append((waiter, waiter.generation))
  }

  mutating func remove(_ waiter: Waiter) {
    if first?.toOpaque() == Unmanaged.passUnretained(waiter).toOpaque() { first = nil }
    others?.removeAll { $0.waiter === waiter }
    if others?.isEmpty == true { others = nil }
  }

  /// Removes all and calls `body` with those that still wait.
  @inline(__always)
  mutating func drain(_ body: (Waiter) -> Void) {
    if let first {
      self.first = nil
      first._withUnsafeGuaranteedRef { if $0.isParked(firstGeneration) { body($0) } }
    }
    if others != nil { drainOthers(body) }
  }

  @inline(never)
  private mutating func drainOthers(_ body: (Waiter) -> Void) {
    for (waiter, generation) in others ?? [] where waiter.isParked(generation) { body(waiter) }
    others = nil
  }
}
