private import Synchronization

/// A call that a loop will make once; mirrors `asyncio.Handle` and `asyncio.TimerHandle`.
public final class ScheduledCallback: Sendable {
  /// When it is due; `nil` for the loop's next iteration, or for the end of a task or a future.
  public let deadline: LoopInstant?

  /// Where it was scheduled.
  public var site: SourceSite? { place.flatMap { SourceSite($0) } }

  private enum State {
    static let pending: UInt8 = 0
    static let cancelled: UInt8 = 1
    static let made: UInt8 = 2
  }

  private let state = Atomic<UInt8>(State.pending)
  private let action: @Sendable () throws -> Void
  private let place: WaitPlace?
  private let ownContext: LazyContext

  /// A call in a context of its own with these variables, or in one that is shared.
  init(
    deadline: LoopInstant?, place: WaitPlace?, variables: RunnerContext = RunnerContext(),
    sharing context: SharedRunnerContext? = nil, action: @escaping @Sendable () throws -> Void
  ) {
    self.deadline = deadline
    self.place = place
    self.action = action
    ownContext = LazyContext(variables, shared: context.map { .passUnretained($0) })
  }

  /// The context that the call is made in.
  var context: SharedRunnerContext { ownContext.shared }

  /// The variables of that context.
  var variables: RunnerContext { ownContext.value }

  /// Sees to it that the call is not made; may be called from any thread, more than once.
  ///
  /// Returns whether this did it: false when the call was made, or is being made, or was cancelled
  /// before.
  @discardableResult
  public func cancel() -> Bool { leavePending(for: State.cancelled) }

  /// Whether `cancel` came before the call was made.
  public var isCancelled: Bool { state.load(ordering: .relaxed) == State.cancelled }

  /// Makes the call, unless it was cancelled.
  func callAsFunction() throws {
    if leavePending(for: State.made) { try action() }
  }

  /// Whether the call is ahead.
  private var isPending: Bool { state.load(ordering: .relaxed) == State.pending }

  private func leavePending(for newState: UInt8) -> Bool {
    state.compareExchange(expected: State.pending, desired: newState, ordering: .relaxed).exchanged
  }
}

extension ScheduledCallback: CustomStringConvertible {
  /// The call in one line: whether it is ahead, until when, and where it was scheduled.
  ///
  /// Mirrors `repr(handle)`.
  public var description: String {
    var words = "Callback " + (isPending ? "pending" : isCancelled ? "cancelled" : "made")
    if isPending, let deadline {
      words += ", due at \(Duration.nanoseconds(deadline.nanoseconds).inSeconds) seconds"
    }
    if let site { words += ", scheduled in \(site)" }
    return "<\(words)>"
  }
}
