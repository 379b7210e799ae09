/// What `close` did, in its order: tasks in rounds, generators, threads, then the loop.
public struct CloseReport: Hashable, Sendable {
  /// Whether `close` changed anything; closing again, or before first use, does not.
  public var didClose: Bool
  /// How long it took.
  public var duration: Duration
  /// How often it asked tasks to end; tasks born during a round are asked in the next one.
  public var rounds: Int
  /// Tasks that ended with `CancellationError`.
  public var cancelledTasks: Int
  /// Tasks that ended in another way when asked: they swallowed the request.
  public var finishedTasks: Int
  /// Tasks that threw another error when asked.
  public var failedTasks: Int
  /// Generators that were open and were asked to clean up.
  public var closedGenerators: Int
  /// Tasks that did not end before the deadline, each with the place where it waits.
  public var refusedTasks: [TaskSnapshot]
  /// Work of the default thread pool that did not end before the deadline; it goes on without us.
  public var unfinishedJobs: [ThreadJobSnapshot]
  /// Whether an interrupt cut it short.
  public var wasInterrupted: Bool

  public init(
    didClose: Bool = true, duration: Duration = .zero, rounds: Int = 0, cancelledTasks: Int = 0,
    finishedTasks: Int = 0, failedTasks: Int = 0, closedGenerators: Int = 0,
    refusedTasks: [TaskSnapshot] = [], unfinishedJobs: [ThreadJobSnapshot] = [],
    wasInterrupted: Bool = false
  ) {
    self.didClose = didClose
    self.duration = duration
    self.rounds = rounds
    self.cancelledTasks = cancelledTasks
    self.finishedTasks = finishedTasks
    self.failedTasks = failedTasks
    self.closedGenerators = closedGenerators
    self.refusedTasks = refusedTasks
    self.unfinishedJobs = unfinishedJobs
    self.wasInterrupted = wasInterrupted
  }
}
