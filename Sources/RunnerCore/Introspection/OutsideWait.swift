/// What kind of `await` that RunnerCore did not make a task is in, as far as that can be seen.
public enum OutsideWait: String, Hashable, Sendable, CaseIterable {
  /// Not known here: Swift's runtime is not read, or the task was caught while it changed.
  case unknown
  /// A continuation that somebody has to resume.
  case continuation
  /// Swift's own `Task.sleep`.
  case sleep
  /// The next element of an `AsyncStream`.
  case stream
  /// Its turn on an executor: an actor, the main actor, the global pool.
  case executor
  /// The end of a task that no runner of this process has.
  case task
  /// The next child of a Swift task group in which none is left to be seen.
  case group
}
