/// Acts on named runners: makes, starts, runs, cancels, interrupts and closes.
///
/// Calls may be made from any thread, at the same time. Those that wait say how long. What cannot
/// be done throws `RunnerError` and changes nothing.
public protocol RunnerController: RunnerInspector {
  /// Makes a runner in phase `created`.
  func makeRunner(_ options: RunnerOptions) throws -> RunnerSnapshot

  /// Initialises a runner and keeps its loop turning in the background.
  func startRunner(_ name: String) throws -> RunnerSnapshot

  /// Lets a started runner stand still; returns once its loop does, or after one second.
  func stopRunner(_ name: String) throws -> RunnerSnapshot

  /// Begins to run a coroutine to completion on a runner and returns at once.
  ///
  /// - Throws: `CellRejection` when it is Swift that does not compile.
  func run(_ expression: String, on runner: String) throws -> JobSnapshot

  /// Makes a task on a runner and returns at once; throws as `run`.
  func spawn(_ expression: String, on runner: String, named name: String?) throws -> TaskSnapshot

  /// Compiles a cell of Swift and begins to run it on a runner; returns once it runs.
  ///
  /// - Throws: `CellRejection` when it does not compile, `RunnerError.abandoned` after `abandonWaits()`.
  func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart

  /// Returns the type of an expression, which is compiled and not run.
  ///
  /// - Throws: as `evaluate`.
  func type(of expression: CellRequest) throws -> String

  /// Returns the variables that cells have declared, by name, with their values at this moment.
  ///
  /// They are read on the loop of the runner, between two steps of its tasks.
  func variables(on runner: String) throws -> [ValueBinding]

  /// Returns what can follow a half-typed piece of Swift: `text` stands before the word that is being typed,
  /// `prefix` is its beginning.
  ///
  /// The answer may take a second when it is the first one, and waits for earlier ones. It is empty where nothing
  /// can be completed, and when both texts are: then what the next answer would have to wait for is done.
  func completions(after text: String, prefix: String) throws -> [SwiftCompletion]

  /// Forgets what the cells have declared; what runs goes on.
  func forgetCells() throws

  /// Returns the jobs of this session, oldest first.
  func jobs() throws -> [JobSnapshot]

  /// Waits for a job to end, at most for `limit`; `nil` waits without limit.
  ///
  /// Returns the job as it is then; throws `RunnerError.abandoned` after `abandonWaits()`.
  func wait(for job: JobID, limit: Duration?) throws -> JobSnapshot

  /// Waits for a task to end, at most for `limit`; `nil` waits without limit.
  func wait(for task: TaskID, limit: Duration?) throws -> TaskSnapshot

  /// Requests cancellation and waits at most `request.limit` for what comes of it.
  func cancel(_ request: CancelRequest) throws -> [CancelOutcome]

  /// Does to a runner what one Ctrl-C does.
  func interrupt(_ runner: String) throws -> InterruptOutcome

  /// Cancels and awaits all that is left on a runner, at most for `deadline`, and closes it.
  func close(_ runner: String, deadline: Duration?) throws -> CloseReport

  /// Makes every `wait`, `cancel`, `close` and `evaluate` in progress throw `RunnerError.abandoned` now.
  func abandonWaits()
}

/// What a runner is made from; mirrors the keyword arguments of `asyncio.Runner`.
public struct RunnerOptions: Hashable, Sendable {
  public var name: String
  public var isDebugging: Bool
  /// Whether its clock jumps to the next deadline when nothing is ready.
  public var usesVirtualTime: Bool
  /// Whether a new task runs its first step inside the call that makes it.
  public var startsTasksEagerly: Bool
  /// How long `close` waits for tasks that do not end; `nil` means 300 seconds.
  public var closeDeadline: Duration?

  public init(
    name: String, isDebugging: Bool = false, usesVirtualTime: Bool = false,
    startsTasksEagerly: Bool = false, closeDeadline: Duration? = nil
  ) {
    self.name = name
    self.isDebugging = isDebugging
    self.usesVirtualTime = usesVirtualTime
    self.startsTasksEagerly = startsTasksEagerly
    self.closeDeadline = closeDeadline
  }
}

/// A number that names one `run` of a session and is never reused.
public struct JobID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(_ number: Int) {
    self.number = number
  }

  public static func < (left: JobID, right: JobID) -> Bool { left.number < right.number }

  public var description: String { String(number) }
}

/// A frozen picture of one `run`.
public struct JobSnapshot: Hashable, Sendable, Identifiable {
  public enum State: Hashable, Sendable {
    case running
    /// It returned; `Void` is shown as `nil`.
    case returned(ValueSnapshot?)
    case failed(ErrorSnapshot)
    /// Its coroutine ended with `CancellationError`, and nobody had pressed Ctrl-C.
    case cancelled
    /// `run` ended because of Ctrl-C; `mainIsPending` tells whether its task is still alive.
    case interrupted(mainIsPending: Bool)
  }

  public var id: JobID
  public var runner: String
  public var expression: String
  /// The main task; `nil` until it exists.
  public var task: TaskID?
  public var state: State
  /// What a cell has given names to, in the order of its source; filled when it ends, however it does.
  public var bindings: [ValueBinding]
  /// Time since it began; for an ended job, how long it took.
  public var elapsed: Duration
  /// How long the loop's thread was at work meanwhile; `nil` while it runs, and where it is not known.
  public var cpuTime: Duration?

  public init(
    id: JobID, runner: String, expression: String, task: TaskID?, state: State,
    bindings: [ValueBinding] = [], elapsed: Duration, cpuTime: Duration? = nil
  ) {
    self.id = id
    self.runner = runner
    self.expression = expression
    self.task = task
    self.state = state
    self.bindings = bindings
    self.elapsed = elapsed
    self.cpuTime = cpuTime
  }
}

/// Which tasks to cancel, and how long to wait for what comes of it.
public struct CancelRequest: Hashable, Sendable {
  public var tasks: [TaskID]
  /// Whether the tasks that they made are cancelled too.
  public var includesChildren: Bool
  public var message: String?
  /// How long to wait for the tasks to end.
  public var limit: Duration

  public init(
    tasks: [TaskID], includesChildren: Bool = false, message: String? = nil,
    limit: Duration = .seconds(2)
  ) {
    self.tasks = tasks
    self.includesChildren = includesChildren
    self.message = message
    self.limit = limit
  }
}

/// What came of a request to cancel one task.
public struct CancelOutcome: Hashable, Sendable {
  public enum Result: Hashable, Sendable {
    /// It ended with `CancellationError`.
    case cancelled(after: Duration)
    /// It ended in another way: it swallowed the request, or failed on it.
    case ended(TaskEnding.Outcome, after: Duration)
    /// It is still alive.
    case ignored(for: Duration)
    /// It had ended before.
    case alreadyEnded
    /// The request is noted, but nobody runs the task's loop.
    case requestedOnly
  }

  public var result: Result
  /// The task as it was when the wait ended.
  public var task: TaskSnapshot

  public init(result: Result, task: TaskSnapshot) {
    self.result = result
    self.task = task
  }
}

/// What one Ctrl-C did to a runner.
public enum InterruptOutcome: Hashable, Sendable {
  /// First one: cancellation of the main task was requested.
  case cancelRequested(TaskID)
  /// Second one: `run` returns at the next loop boundary, the main task stays pending.
  case runAborted(TaskID)
  /// `close` was under way and skips what remains of it.
  case closeAborted
  /// Nothing was running.
  case nothingRunning
}
