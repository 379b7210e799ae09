/// Why a task, or a runner, stands where it does: what it waits for, followed to the end.
///
/// `RunnerInspector.explanation(of:)` makes one.
public struct Explanation: Hashable, Sendable {
  /// What is explained.
  public enum Subject: Hashable, Sendable {
    case task(TaskID)
    case runner(String)
  }

  /// One task of the chain, and why it does not go on.
  public struct Link: Hashable, Sendable {
    public var task: TaskID
    public var name: String
    public var reason: Reason
    /// Time since it was suspended.
    public var elapsed: Duration?
    /// The line that awaits; of a task that runs and blocks its loop, the one that is executed.
    public var site: SourceSite?
    /// Time left of the innermost `timeout` around the wait.
    public var timeoutRemaining: Duration?

    public init(
      task: TaskID, name: String, reason: Reason, elapsed: Duration? = nil,
      site: SourceSite? = nil, timeoutRemaining: Duration? = nil
    ) {
      self.task = task
      self.name = name
      self.reason = reason
      self.elapsed = elapsed
      self.site = site
      self.timeoutRemaining = timeoutRemaining
    }
  }

  /// Why one task does not go on.
  public enum Reason: Hashable, Sendable {
    /// No step of it has been executed; the first one is queued.
    case created
    /// Its next step is queued.
    case ready
    /// A step of it is being executed.
    case running
    /// It waits for the loop's next iteration.
    case nextIteration
    /// It waits for a timer; negative when that is overdue.
    case timer(remaining: Duration)
    /// It waits for the end of the next link's task.
    case task(TaskID)
    /// It waits for the end of several tasks; `left` is how many are alive, `next` one of them.
    case tasks(count: Int, left: Int?, next: TaskID?)
    /// It waits for the end of one of several tasks; `next` is the one that holds it up least.
    case anyTask(count: Int, next: TaskID?)
    /// It waits for a lock that, where that is known, the next link's task has.
    case lock(number: UInt64, label: String, holder: WaitSnapshot.Holder?)
    /// It waits for a future that nobody has resolved; so many tasks do.
    case future(number: UInt64, label: String, waiting: Int?)
    /// It waits for something else that tasks share.
    case object(WaitedObject, number: UInt64, label: String, crowd: Crowd?)
    /// It waits for input on a file descriptor.
    case readable(descriptor: Int32)
    /// It waits for room for output on a file descriptor.
    case writable(descriptor: Int32)
    /// It waits for work on a thread of this pool, which has come so far.
    case work(pool: UInt64, label: String, WaitSnapshot.Work?)
    /// It waits for something that the library did not make.
    case outside(OutsideWait)
    /// It has ended.
    case ended(TaskEnding)
    /// It was not to be found, or what it waits for was not.
    case unknown
  }

  /// How many tasks wait for one object.
  public struct Crowd: Hashable, Sendable {
    /// Those that want the same of it, the task itself among them.
    public var waiting: Int
    /// Those at the other end of a queue: who wait to put while this one waits to get, and vice versa.
    public var opposite: Int

    public init(waiting: Int, opposite: Int = 0) {
      self.waiting = waiting
      self.opposite = opposite
    }
  }

  /// What the loop does that all of it depends on.
  public enum LoopState: Hashable, Sendable {
    /// The runner has no loop yet.
    case notMade
    /// The runner is closed: nothing of it ever goes on.
    case closed
    /// No thread runs the loop.
    case standing
    /// This step holds it up; `name` is that of its task, and empty when it is a plain callback's.
    case blocked(by: LoopSnapshot.Step, name: String)
    /// It executes what is queued.
    case busy(queued: Int)
    /// It waits for this timer, and for what comes before.
    case timer(remaining: Duration, task: TaskID?)
    /// It waits for file descriptors.
    case descriptors([Int32])
    /// It waits for work on threads of a pool.
    case threads(tasks: Int)
    /// It waits for tasks that wait outside of the library.
    case outside(tasks: Int)
    /// Nothing is left to do.
    case empty
    /// Tasks are left, and nothing inside of it can wake one of them: only another thread could.
    case stalled
    /// It waits, and it is not known what for.
    case waiting
  }

  /// How many links are kept; of a longer chain, its beginning and its last one.
  public static let linkLimit = 100

  public var subject: Subject
  /// The runner, or that of the task.
  public var runner: String
  /// What the runner's loop does.
  public var loop: LoopState
  /// The chain of tasks: the subject, or the runner's main task, and who each one waits for.
  public var links: [Link]
  /// How many links before the last one are left out.
  public var omittedLinks: Int
  /// The tasks at the end of the chain that wait for each other in a circle.
  public var cycle: [TaskID]?
  /// The other circles of the runner's tasks that wait for each other; of a task's explanation none.
  public var otherCycles: [[TaskID]]
  /// The runner's live tasks.
  public var liveTasks: Int
  /// The runner's ended tasks.
  public var endedTasks: Int
  /// Whether it was all seen between two steps of the loop.
  public var consistency: SnapshotConsistency

  public init(
    subject: Subject, runner: String, loop: LoopState, links: [Link] = [], omittedLinks: Int = 0,
    cycle: [TaskID]? = nil, otherCycles: [[TaskID]] = [], liveTasks: Int = 0, endedTasks: Int = 0,
    consistency: SnapshotConsistency = .exact
  ) {
    self.subject = subject
    self.runner = runner
    self.loop = loop
    self.links = links
    self.omittedLinks = omittedLinks
    self.cycle = cycle
    self.otherCycles = otherCycles
    self.liveTasks = liveTasks
    self.endedTasks = endedTasks
    self.consistency = consistency
  }
}
