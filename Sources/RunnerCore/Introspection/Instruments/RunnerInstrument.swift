/// Is told what a loop does with its tasks, as it happens; mirrors trio's `Instrument`.
///
/// Implement what you want to know of; the rest does nothing. All calls come one after the other, on
/// the loop's thread or, while no thread runs it, on the one that changes something. A call should
/// only look, and be quick: the loop stands still meanwhile, and what the call itself does to the loop
/// is not told. An instrument that throws is removed and the loop's exception handler is told; the
/// loop goes on. Without instruments a loop pays one comparison at each of these places.
///
///     final class Births: RunnerInstrument {
///       private let count = Atomic(0)
///
///       func taskMade(_ task: AnyRunnerTask) {
///         print("task \(task.id) is number \(count.add(1, ordering: .relaxed).newValue)")
///       }
///     }
///     loop.addInstrument(Births())
///
/// The parts of a task that the library makes for itself, such as the body of a `timeout`, are that
/// task here. One step may contain another, that of a task which is started eagerly.
public protocol RunnerInstrument: AnyObject, Sendable {
  /// A task has been made; its first step comes later, unless it is eager.
  func taskMade(_ task: AnyRunnerTask) throws

  /// The loop begins to execute a step of a task.
  func stepBegan(of task: AnyRunnerTask) throws

  /// The step is over; a task that has ended has been told of before.
  func stepEnded(of task: AnyRunnerTask) throws

  /// The task has to wait; told before the end of the step that leads there.
  func taskSuspended(_ task: AnyRunnerTask, for wait: TaskSuspension) throws

  /// The wait is over, or the task has only given way: its next step is queued.
  func taskWoken(_ task: AnyRunnerTask, by waker: TaskWaker) throws

  /// Somebody has asked the task to end; it may be the end of a chain of waiting tasks.
  func cancellationRequested(of task: AnyRunnerTask, _ request: CancellationSnapshot) throws

  /// The task has ended and its outcome is there.
  func taskEnded(_ task: AnyRunnerTask) throws

  /// The loop begins to make a plain call.
  func callbackBegan(_ callback: ScheduledCallback, on loop: EventLoop) throws

  /// The plain call has been made.
  func callbackEnded(_ callback: ScheduledCallback, on loop: EventLoop) throws

  /// Nothing is ready: the loop is about to wait, for so long at most, or without limit.
  func loopWillWait(_ loop: EventLoop, upTo limit: Duration?) throws

  /// The loop has waited.
  func loopHasWaited(_ loop: EventLoop) throws
}

extension RunnerInstrument {
  public func taskMade(_ task: AnyRunnerTask) throws {}
  public func stepBegan(of task: AnyRunnerTask) throws {}
  public func stepEnded(of task: AnyRunnerTask) throws {}
  public func taskSuspended(_ task: AnyRunnerTask, for wait: TaskSuspension) throws {}
  public func taskWoken(_ task: AnyRunnerTask, by waker: TaskWaker) throws {}
  public func cancellationRequested(
    of task: AnyRunnerTask, _ request: CancellationSnapshot
  ) throws {}
  public func taskEnded(_ task: AnyRunnerTask) throws {}
  public func callbackBegan(_ callback: ScheduledCallback, on loop: EventLoop) throws {}
  public func callbackEnded(_ callback: ScheduledCallback, on loop: EventLoop) throws {}
  public func loopWillWait(_ loop: EventLoop, upTo limit: Duration?) throws {}
  public func loopHasWaited(_ loop: EventLoop) throws {}
}
