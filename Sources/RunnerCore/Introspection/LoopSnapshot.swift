/// What an event loop is doing.
public enum LoopPhase: String, Hashable, Sendable, CaseIterable {
  /// No thread runs it; its tasks stand still.
  case idle
  /// A thread executes its callbacks and task steps.
  case running
  /// A thread waits in it for a timer, a descriptor or another thread.
  case waiting
  /// It has been closed for good.
  case closed
}

/// How a snapshot was taken.
public enum SnapshotConsistency: String, Hashable, Sendable, CaseIterable {
  /// Between two steps, or while the loop stood still: everything fits together.
  case exact
  /// While a step was being executed: each entry is right, together they may not fit.
  case sampled
}

/// A frozen picture of an event loop.
public struct LoopSnapshot: Hashable, Sendable {
  public struct Timer: Hashable, Sendable {
    /// Time until it fires; negative when overdue.
    public var remaining: Duration
    /// The task that sleeps on it; `nil` for a plain callback.
    public var task: TaskID?

    public init(remaining: Duration, task: TaskID?) {
      self.remaining = remaining
      self.task = task
    }
  }

  public struct Descriptor: Hashable, Sendable {
    public var number: Int32
    public var watchesReading: Bool
    public var watchesWriting: Bool
    /// The task that waits for input; `nil` when a plain callback watches.
    public var reader: TaskID?
    /// The task that waits for room; `nil` when a plain callback watches.
    public var writer: TaskID?

    public init(
      number: Int32, watchesReading: Bool, watchesWriting: Bool, reader: TaskID? = nil,
      writer: TaskID? = nil
    ) {
      self.number = number
      self.watchesReading = watchesReading
      self.watchesWriting = watchesWriting
      self.reader = reader
      self.writer = writer
    }
  }

  /// The step that is being executed now.
  public struct Step: Hashable, Sendable {
    /// The task it belongs to; `nil` for a plain callback.
    public var task: TaskID?
    /// Time since it began.
    public var elapsed: Duration
    /// The program's innermost line that is being executed, of a step that takes long; `nil` where
    /// it is not known.
    public var site: SourceSite?
    /// The system call in which the thread waits.
    public var systemCall: String?

    public init(
      task: TaskID?, elapsed: Duration, site: SourceSite? = nil, systemCall: String? = nil
    ) {
      self.task = task
      self.elapsed = elapsed
      self.site = site
      self.systemCall = systemCall
    }
  }

  /// The name of the runner that owns the loop.
  public var runner: String
  public var phase: LoopPhase
  public var consistency: SnapshotConsistency
  /// `monotonic` or `virtual`.
  public var clock: String
  /// The loop's time, from an arbitrary origin.
  public var now: Duration
  /// The kernel's number of the thread that runs it.
  public var thread: Int32?
  /// Passes made so far.
  public var iterations: UInt64
  /// Callbacks and steps that are queued.
  public var ready: Int
  /// All timers.
  public var timerCount: Int
  /// The next few timers, soonest first.
  public var timers: [Timer]
  /// Watched file descriptors, lowest first.
  public var descriptors: [Descriptor]
  public var liveTasks: Int
  /// The step that is being executed; `nil` between steps.
  public var step: Step?
  /// Time spent executing callbacks and steps.
  public var busyTime: Duration
  /// Time spent waiting for something to do.
  public var waitingTime: Duration
  public var isDebugging: Bool
  /// The default thread pool; `nil` when it has never been used.
  public var threadPool: ThreadPoolSnapshot?
  /// How long its steps took; `nil` while it does not measure: see `EventLoop.isMeasuring`.
  public var stepTimes: StepTimes?
  /// The last few slow steps, oldest first; only of a loop that measures.
  public var slowSteps: [SlowStep]
  /// The types of the instruments that were added to it.
  public var instruments: [String]
  /// How much of what Swift's runtime knows can be read; empty where nobody says.
  public var introspection: String

  public init(
    runner: String, phase: LoopPhase, consistency: SnapshotConsistency = .exact,
    clock: String = "monotonic", now: Duration = .zero, thread: Int32? = nil,
    iterations: UInt64 = 0, ready: Int = 0, timerCount: Int = 0, timers: [Timer] = [],
    descriptors: [Descriptor] = [], liveTasks: Int = 0, step: Step? = nil,
    busyTime: Duration = .zero, waitingTime: Duration = .zero, isDebugging: Bool = false,
    threadPool: ThreadPoolSnapshot? = nil, stepTimes: StepTimes? = nil,
    slowSteps: [SlowStep] = [], instruments: [String] = [], introspection: String = ""
  ) {
    self.runner = runner
    self.phase = phase
    self.consistency = consistency
    self.clock = clock
    self.now = now
    self.thread = thread
    self.iterations = iterations
    self.ready = ready
    self.timerCount = timerCount
    self.timers = timers
    self.descriptors = descriptors
    self.liveTasks = liveTasks
    self.step = step
    self.busyTime = busyTime
    self.waitingTime = waitingTime
    self.isDebugging = isDebugging
    self.threadPool = threadPool
    self.stepTimes = stepTimes
    self.slowSteps = slowSteps
    self.instruments = instruments
    self.introspection = introspection
  }
}
