/// Where a runner stands in its life.
public enum RunnerPhase: String, Hashable, Sendable, CaseIterable {
  /// Made, and nothing has been asked of it: it has no loop yet.
  case created
  /// It has a loop.
  case initialized
  /// Closed for good.
  case closed
}

/// What a runner's thread is doing.
public enum RunnerActivity: String, Hashable, Sendable, CaseIterable {
  /// Nothing: its tasks stand still.
  case idle
  /// Its loop turns in the background: `start`.
  case turning
  /// It runs a coroutine to completion: `run`.
  case running
  /// It cancels and awaits what is left: `close`.
  case closing
}

/// A frozen picture of a runner.
public struct RunnerSnapshot: Hashable, Sendable {
  public var name: String
  public var phase: RunnerPhase
  public var activity: RunnerActivity
  /// Whether `start` was called and `stop` was not: its loop turns whenever nothing else runs.
  public var isStarted: Bool
  public var liveTasks: Int
  public var endedTasks: Int
  /// Failed tasks whose error nobody has read.
  public var unreadErrors: Int
  /// The task that `run` waits for.
  public var mainTask: TaskID?

  public init(
    name: String, phase: RunnerPhase, activity: RunnerActivity = .idle, isStarted: Bool = false,
    liveTasks: Int = 0, endedTasks: Int = 0, unreadErrors: Int = 0, mainTask: TaskID? = nil
  ) {
    self.name = name
    self.phase = phase
    self.activity = activity
    self.isStarted = isStarted
    self.liveTasks = liveTasks
    self.endedTasks = endedTasks
    self.unreadErrors = unreadErrors
    self.mainTask = mainTask
  }
}
