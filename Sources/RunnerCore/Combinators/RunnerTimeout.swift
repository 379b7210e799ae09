private import Synchronization

/// The limit of a running `timeout`, which its body may look at and move; mirrors `asyncio.Timeout`.
///
/// Use it on its loop's thread.
public final class RunnerTimeout: @unchecked Sendable {
  private enum State: String {
    /// The body runs.
    case active
    /// The limit has passed, and the body is being cancelled.
    case expiring
    /// The limit has passed, and the body has ended.
    case expired
    /// The body has ended in time.
    case finished
  }

  private let loop: EventLoop
  private let scope: AnyRunnerTask
  private let start: LoopInstant
  private var state = State.active
  private var timer: ScheduledCallback?
  /// The limit as it was given or, where a moment was given, the time until then; `nil` without one.
  private var limit: Duration?

  /// When the body will be or was cancelled; mirrors `Timeout.when()`.
  ///
  /// `nil` without a limit.
  public private(set) var deadline: LoopInstant?

  init(loop: EventLoop, scope: AnyRunnerTask) {
    self.loop = loop
    self.scope = scope
    start = loop.now
  }

  /// Sets the limit that the body begins with.
  func begin(_ limit: TimeoutLimit) throws {
    switch limit {
    case .duration(let duration):
      try reschedule(at: start.advanced(by: duration))
      self.limit = duration
    case .deadline(let deadline): try reschedule(at: deadline)
    case .unlimited: break
    }
  }

  /// Whether the limit has passed while the body ran, whatever the body made of it.
  ///
  /// Mirrors `Timeout.expired()`.
  public var hasExpired: Bool { state == .expiring || state == .expired }

  /// Moves the limit, or takes it away; mirrors `Timeout.reschedule()`.
  ///
  /// With a moment that has passed the body is cancelled in the next iteration.
  ///
  /// - Throws: `RunnerError.invalidState` when the limit has passed or the body has ended;
  ///   `RunnerError.noRunningLoop` on another thread than the loop's.
  public func reschedule(at deadline: LoopInstant?) throws {
    try loop.checkRunningHere("RunnerTimeout.reschedule")
    guard state == .active else {
      throw RunnerError(
        .invalidState,
        "Cannot change the state of a timeout that is \(state.rawValue); only an active one can be"
          + " moved.")
    }
    timer?.cancel()
    timer = nil
    self.deadline = deadline
    limit = deadline.map(start.duration)
    scope.timeoutDeadline.store(deadline?.nanoseconds ?? .max, ordering: .relaxed)
    guard let deadline else { return }
    // What is due goes before everything that is not queued yet, a zero sleep of the body too.
    timer =
      deadline <= loop.now
      ? try loop.schedule { [self] in expire() }
      : try loop.schedule(at: deadline) { [self] in expire() }
  }

  private func expire() {
    state = .expiring
    timer = nil
    _ = scope.requestCancellation(message: nil, by: .timeout)
  }

  /// Notes that the body has ended.
  func finish() {
    timer?.cancel()
    timer = nil
    state = hasExpired ? .expired : .finished
  }

  /// The error that says that the limit has passed.
  var error: RunnerTimeoutError { RunnerTimeoutError(limit: limit ?? .zero) }
}

/// What a `timeout` begins with.
enum TimeoutLimit {
  case unlimited
  case duration(Duration)
  case deadline(LoopInstant)
}

extension RunnerTimeout: CustomStringConvertible {
  /// The state and, as long as the limit can be moved, the moment on the loop's clock.
  public var description: String {
    guard state == .active else { return "<Timeout \(state.rawValue)>" }
    let moment = deadline.map { "\(Duration.nanoseconds($0.nanoseconds))" } ?? "never"
    return "<Timeout active, deadline \(moment)>"
  }
}
