private import Synchronization

/// A call that a loop will make once; mirrors `asyncio.Handle` and `asyncio.TimerHandle`.
public final class ScheduledCallback: Sendable {
  /// When it is due; `nil` for the loop's next iteration.
  public let deadline: LoopInstant?

  /// Where it was scheduled.
  public let site: SourceSite?

  private let cancelled = Atomic<Bool>(false)
  private let action: @Sendable () throws -> Void
  let context: SharedRunnerContext

  init(
    deadline: LoopInstant?, site: SourceSite?, context: SharedRunnerContext,
    action: @escaping @Sendable () throws -> Void
  ) {
    self.deadline = deadline
    self.site = site
    self.context = context
    self.action = action
  }

  /// Sees to it that the call is not made; may be called from any thread, more than once.
  public func cancel() {
    cancelled.store(true, ordering: .relaxed)
  }

  /// Whether `cancel` was called.
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  func callAsFunction() throws {
    try action()
  }
}
