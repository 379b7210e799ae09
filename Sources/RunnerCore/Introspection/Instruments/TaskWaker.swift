/// What ended the wait of a task.
public enum TaskWaker: Hashable, Sendable {
  /// A step of this task: it ended, resolved a future, released a lock; or the task gave way itself.
  case task(TaskID)
  /// A plain call of the loop's, and where that was scheduled.
  case callback(SourceSite?)
  /// The loop's clock.
  case timer
  /// A file descriptor that is ready.
  case descriptor(Int32)
  /// A request to cancel.
  case cancellation
  /// Something that the loop does not know: another thread, a continuation, an actor.
  case outside
}
