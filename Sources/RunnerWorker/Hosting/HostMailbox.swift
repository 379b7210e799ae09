internal import RunnerCore

/// What the thread of a named runner does next; a value whose transitions return what to do.
///
/// `idle` → `turning` or `running` or `closing` → `idle`; after `closed` nothing follows.
struct HostMailbox {
  enum Work {
    /// Turn the loop until there is something else to do.
    case turn
    case run(Run)
    case close(Close)
    /// Nothing now; wait until the mailbox changes.
    case wait
    /// The thread ends.
    case exit
  }

  /// One coroutine to run to completion.
  struct Run: Sendable {
    var job: JobID
    var expression: String
    var coroutine: NamedCoroutine
    /// Reads what a cell has given names to, when it has ended.
    var bindings: @Sendable () -> [ValueBinding] = { [] }
  }

  /// One request to close, and where its outcome goes.
  final class Close: Sendable {
    let deadline: Duration?
    let outcome = LockedValue<Result<CloseReport, any Error>?>(nil)
    let done = Latch()

    init(deadline: Duration?) {
      self.deadline = deadline
    }
  }

  enum Activity: Equatable {
    case idle
    case turning
    case running(JobID, String)
    case closing
    case closed
  }

  private(set) var activity = Activity.idle
  private(set) var isStarted = false
  private var run: Run?
  private var close: Close?

  /// Whether the loop shall go on turning; asked after each of its iterations.
  var keepsTurning: Bool { isStarted && run == nil && close == nil && activity == .turning }

  /// Whether a run or a close is wanted or under way; says which run.
  var busyWith: String? {
    if let run { return "job \(run.job) (\(run.expression))" }
    switch activity {
    case .running(let job, let expression): return "job \(job) (\(expression))"
    case .closing: return "its close"
    case .idle, .turning, .closed: return close == nil ? nil : "its close"
    }
  }

  /// The run that is wanted or under way.
  var busyJob: JobID? {
    if let run { return run.job }
    if case .running(let job, _) = activity { return job }
    return nil
  }

  mutating func start() { isStarted = true }

  mutating func stop() { isStarted = false }

  mutating func submit(_ run: Run) { self.run = run }

  mutating func submit(_ close: Close) { self.close = close }

  /// The thread asks what to do.
  mutating func next() -> Work {
    if activity == .closed { return .exit }
    if let run {
      self.run = nil
      activity = .running(run.job, run.expression)
      return .run(run)
    }
    if let close {
      self.close = nil
      activity = .closing
      return .close(close)
    }
    activity = isStarted ? .turning : .idle
    return isStarted ? .turn : .wait
  }

  /// The thread has ended a run; another may be submitted.
  mutating func didRun() { activity = .idle }

  /// The thread has closed the runner, or has found out that it cannot.
  mutating func didClose(_ isClosed: Bool) {
    activity = isClosed ? .closed : .idle
    if isClosed { isStarted = false }
  }

  /// The loop cannot turn any more.
  mutating func didFail() {
    isStarted = false
    activity = .idle
  }
}
