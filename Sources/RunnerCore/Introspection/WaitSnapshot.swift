/// What a suspended task waits for, for how long already, and where.
public struct WaitSnapshot: Hashable, Sendable {
  /// The thing waited for.
  public enum Subject: Hashable, Sendable {
    /// The loop's next iteration: `sleep(0)`.
    case nextIteration
    /// A timer that fires after this time.
    case timer(remaining: Duration)
    /// The end of another task.
    case task(TaskID)
    /// The ends of all of several tasks: `gather`, `wait`, the end of a task group; those that remain.
    case tasks([TaskID])
    /// The end of one of several tasks: `wait` until the first, `asCompleted`, the next child of a Swift
    /// task group; those that remain.
    case anyTask([TaskID])
    /// A future, by its number and label.
    case future(UInt64, label: String)
    /// A lock, a queue, or another object that several tasks share, by its number and label.
    case object(WaitedObject, number: UInt64, label: String)
    /// Input on a file descriptor.
    case readable(descriptor: Int32)
    /// Room for output on a file descriptor.
    case writable(descriptor: Int32)
    /// An `await` that RunnerCore did not make: a continuation, `Task.sleep`, an actor, a stream.
    case outside(OutsideWait)
  }

  /// Who has the thing waited for.
  public struct Holder: Hashable, Sendable {
    /// The task that has it.
    public var task: TaskID
    /// The line that took it.
    public var site: SourceSite?
    /// Time since it was taken; `nil` when that is not known.
    public var elapsed: Duration?

    public init(task: TaskID, site: SourceSite? = nil, elapsed: Duration? = nil) {
      self.task = task
      self.site = site
      self.elapsed = elapsed
    }
  }

  /// How far the work on a thread has come that a task waits for.
  public enum Work: Hashable, Sendable {
    /// No thread has begun it, and so many jobs of the pool come first.
    case queued(ahead: Int)
    /// The thread with this name executes it, for so long already.
    case running(thread: String, elapsed: Duration)
  }

  public var subject: Subject
  /// Time since the task was suspended; `nil` when it is not known here.
  public var elapsed: Duration?
  /// The line that awaits.
  public var site: SourceSite?
  /// Time left of the innermost `timeout` around the wait.
  public var timeoutRemaining: Duration? {
    get { more.value.timeoutRemaining }
    set { more.value.timeoutRemaining = newValue }
  }
  /// The task that has the lock waited for; `nil` when it is free or is not a lock.
  public var holder: Holder? {
    get { more.value.holder }
    set { more.value.holder = newValue }
  }
  /// How far the work on a thread has come; `nil` when it is not that, or has just been done.
  public var work: Work? {
    get { more.value.work }
    set { more.value.work = newValue }
  }

  /// What few waits have, in a box: listings copy pictures of very many.
  // Not private: then the compiler would make no initializer that makes a picture in one piece.
  var more: Rare<More>

  struct More: Hashable, Sendable, Emptiable {
    var timeoutRemaining: Duration?
    var holder: Holder?
    var work: Work?
  }
}

extension WaitSnapshot {
  public init(
    subject: Subject, elapsed: Duration? = nil, site: SourceSite? = nil,
    timeoutRemaining: Duration? = nil, holder: Holder? = nil, work: Work? = nil
  ) {
    let isEmpty = timeoutRemaining == nil && holder == nil && work == nil
    self.init(
      subject: subject, elapsed: elapsed, site: site,
      more: isEmpty
        ? .empty : .some(More(timeoutRemaining: timeoutRemaining, holder: holder, work: work)))
  }
}
