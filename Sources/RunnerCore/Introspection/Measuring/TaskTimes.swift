/// What a task has done with its time since its loop began to measure.
public struct TaskTimes: Hashable, Sendable {
  /// Time in which its steps were executed: real time, also on a loop of virtual time.
  public var busy: Duration
  /// Time in which a step was queued and not yet executed, on the loop's clock.
  public var scheduled: Duration
  /// Time in which it waited for something, on the loop's clock.
  public var idle: Duration

  public init(busy: Duration = .zero, scheduled: Duration = .zero, idle: Duration = .zero) {
    self.busy = busy
    self.scheduled = scheduled
    self.idle = idle
  }
}
