/// A step or a plain call that took at least `EventLoop.slowStepDuration`.
public struct SlowStep: Hashable, Sendable {
  /// The task whose step it was; `nil` for a plain call.
  public var task: TaskID?
  /// The name that the task had.
  public var name: String
  /// How long it took, in real time.
  public var duration: Duration
  /// Time since it ended, in real time.
  public var elapsed: Duration
  /// The line at which it began: that of the task's last wait, or else the one that made the task or
  /// scheduled the call.
  public var site: SourceSite?

  public init(
    task: TaskID?, name: String = "", duration: Duration, elapsed: Duration,
    site: SourceSite? = nil
  ) {
    self.task = task
    self.name = name
    self.duration = duration
    self.elapsed = elapsed
    self.site = site
  }
}
