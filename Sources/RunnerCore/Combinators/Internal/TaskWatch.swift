private import Synchronization

/// What `gather`, `wait`, `shield` and `asCompleted` wait for: the ends of several tasks.
///
/// Lives on the loop's thread.
final class TaskWatch: WaitTarget, @unchecked Sendable {
  /// What ends a wait, besides the end of all tasks and the time limit.
  enum Goal {
    case nothingElse
    /// An end that `takeEnded` has not returned yet.
    case anyEnd
    case error
    case errorOrCancellation
  }

  /// What becomes of a request to cancel the task that waits.
  enum RequestPolicy {
    /// All tasks get it, and the wait goes on until they have ended.
    case passedOn
    /// It ends the wait; the tasks do not hear of it.
    case keptHere
  }

  let loop: EventLoop
  /// Those that have not ended, as far as the watch has heard.
  let remaining = AwaitedTasks()
  /// The first in time that failed or was cancelled.
  private(set) var firstFailed: AnyRunnerTask?
  private(set) var hasTimedOut = false
  /// Whether a request was passed on to the tasks.
  private(set) var wasCancelled = false

  private let goal: Goal
  /// When the time limit passes; `.max` without one.
  private let deadline: Int64
  private let policy: RequestPolicy
  private let marksRead: Bool
  private var ended: [AnyRunnerTask] = []
  private var taken = 0
  private var missed = 0
  private var hasError = false
  private var callbacks: [ScheduledCallback] = []
  private var timer: ScheduledCallback?
  private var waiters = WaiterList()

  /// Begins to watch; a task that is named twice counts once.
  ///
  /// `call` is the function that asks, as error messages name it; `marksRead` says whether errors of
  /// the tasks count as seen.
  ///
  /// - Throws: `RunnerError` when no loop runs here or a task belongs to another one.
  init(
    _ tasks: [AnyRunnerTask], until goal: Goal, request policy: RequestPolicy,
    limit: Duration? = nil, marksRead: Bool = false, call: String
  ) throws {
    guard let loop = EventLoop.running else {
      throw RunnerError(
        .noRunningLoop, "No running event loop: \(call) must be called by a task of a runner.")
    }
    if let stranger = tasks.first(where: { $0.loop !== loop }) {
      throw RunnerError(
        .foreignLoop, "Task \(stranger.id) (\(stranger.name)) is attached to a different loop.")
    }
    self.loop = loop
    self.goal = goal
    deadline = limit.map { loop.now.advanced(by: $0).nanoseconds } ?? .max
    self.policy = policy
    self.marksRead = marksRead
    let distinct = tasks.filter { remaining.add($0) }
    if let limit {
      timer = try loop.schedule(after: limit) { [self] in expire() }
    }
    callbacks = distinct.map { task in task.whenDone { [self] in note(task) } }
  }

  /// Waits for the goal; snapshots show `subject`, or all that remain.
  ///
  /// - Throws: `CancellationError` when the wait was interrupted.
  func wait(for subject: AnyRunnerTask? = nil, site: WaitSite?) async throws {
    if isMet { return }
    let waiting = loop.owningTask()
    let outerDeadline = waiting?.beginTimeout(deadline)
    waiting?.awaited = remaining
    defer {
      waiting?.awaited = nil
      if let outerDeadline { waiting?.timeoutDeadline.store(outerDeadline, ordering: .relaxed) }
    }
    let kind: WaitKind = subject != nil ? .task : goal == .anyEnd ? .anyTask : .tasks
    try await loop.wait(kind, detail: subject?.id.number ?? 0, site: site, target: self) {
      waiters.append($0)
    }
  }

  /// The next task in the order of the ends that this has not returned before.
  func takeEnded() -> AnyRunnerTask? {
    guard taken < ended.count else { return nil }
    defer { taken += 1 }
    return ended[taken]
  }

  /// Whether a task had not ended when the time was over; true once for each of them.
  func takeMissed() -> Bool {
    guard missed > 0 else { return false }
    missed -= 1
    return true
  }

  /// Ceases to watch.
  func stop() {
    timer?.cancel()
    timer = nil
    for callback in callbacks { callback.cancel() }
    callbacks = []
  }

  private var isMet: Bool {
    if hasTimedOut || remaining.isEmpty { return true }
    if wasCancelled { return false }
    return switch goal {
    case .nothingElse: false
    case .anyEnd: taken < ended.count
    case .error: hasError
    case .errorOrCancellation: firstFailed != nil
    }
  }

  private func note(_ task: AnyRunnerTask) {
    remaining.remove(task)
    ended.append(task)
    if marksRead { task.markRead() }
    if task.state == .failed { hasError = true }
    if firstFailed == nil, task.state != .finished { firstFailed = task }
    if remaining.isEmpty { stop() }
    if isMet { waiters.drain { loop.wake($0) } }
  }

  private func expire() {
    hasTimedOut = true
    missed = remaining.count
    stop()
    waiters.drain { loop.wake($0) }
  }

  func cancelFromWaiter(_ pass: CancellationPass) -> Bool {
    if policy == .keptHere || isMet { return false }
    var accepted = false
    for task in remaining.all where task.acceptCancellation(pass) { accepted = true }
    wasCancelled = wasCancelled || accepted
    return accepted
  }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}

extension AnyRunnerTask {
  /// Lets snapshots show a time limit where it is the nearest one; returns the one before.
  fileprivate func beginTimeout(_ deadline: Int64) -> Int64 {
    let outer = timeoutDeadline.load(ordering: .relaxed)
    timeoutDeadline.store(min(outer, deadline), ordering: .relaxed)
    return outer
  }
}
