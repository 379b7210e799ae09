/// A request to cancel a task, and who made it.
public struct CancellationSnapshot: Hashable, Sendable {
  /// Who asked the task to end.
  public enum Requester: Hashable, Sendable {
    /// The code of a task.
    case task(TaskID)
    /// A plain call of a loop's.
    case callback
    /// A thread that executes no code of a loop, by its name.
    case thread(String)
    /// An interrupt: Ctrl-C, or `Runner.interrupt`.
    case interrupt
    /// The `close` of the runner.
    case close
    /// A time limit that has passed.
    case timeout
    /// A task group of which another task has failed.
    case taskGroup
    /// A person at a tool: the prompt's `cancel`.
    case tool
    /// Swift's own cancellation: `Task.cancel()`, or the end of a child's parent.
    case swift
  }

  public var requester: Requester
  /// The line that asked, where there is one.
  public var site: SourceSite?
  /// The reason that it gave.
  public var message: String?
  /// Time since it was made.
  public var elapsed: Duration

  public init(
    requester: Requester, site: SourceSite? = nil, message: String? = nil,
    elapsed: Duration = .zero
  ) {
    self.requester = requester
    self.site = site
    self.message = message?.bounded()
    self.elapsed = elapsed
  }
}
