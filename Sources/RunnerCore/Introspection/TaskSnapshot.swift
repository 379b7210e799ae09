/// What a task is doing.
///
/// A live task is `created`, `ready`, `running` or `suspended`; an ended one is `finished`,
/// `failed` or `cancelled`, and never changes again.
public enum TaskState: String, Hashable, Sendable, CaseIterable {
  /// Made, and no step has been run yet.
  case created
  /// A step of it is queued on the loop.
  case ready
  /// A step of it is being executed now.
  case running
  /// It awaits something.
  case suspended
  /// It returned a value.
  case finished
  /// It threw an error.
  case failed
  /// It ended with `CancellationError`.
  case cancelled

  /// Whether a task in this state can still make progress.
  public var isLive: Bool {
    switch self {
    case .created, .ready, .running, .suspended: true
    case .finished, .failed, .cancelled: false
    }
  }
}

/// What part a task plays on its runner.
public enum TaskRole: String, Hashable, Sendable, CaseIterable {
  /// The coroutine that `Runner.run` was given.
  case main
  /// A task that someone made.
  case task
  /// A task that a tool made for its own purposes; listings hide it unless asked.
  case tool
  /// A child task that Swift made inside another task: an `async let`, or one of a task group.
  ///
  /// It has a number from the moment in which a listing first sees it.
  case child
}

/// A frozen picture of one task.
///
/// Mirrors what `asyncio.Task` shows in its `repr`, `get_name()`, `get_stack()` and `cancelling()`.
public struct TaskSnapshot: Hashable, Sendable, Identifiable {
  public var id: TaskID
  /// Its name; of a long one the first 200 characters, as of all texts here.
  public var name: String
  /// The name of the runner that owns the task.
  public var runner: String
  public var state: TaskState
  public var role: TaskRole
  /// What it runs, as far as its maker said: `ticker(every: 0.5)`; empty when unknown.
  public var operation: String {
    get { origin.operation }
    set { origin = TaskOrigin(site: creationSite, operation: newValue, role: origin.role) }
  }
  /// Where the task was made.
  public var creationSite: SourceSite? {
    get { origin.site }
    set { origin = TaskOrigin(site: newValue, operation: operation, role: origin.role) }
  }
  /// The task that made this one.
  public var parent: TaskID?
  /// What it waits for; only for a suspended task.
  public var wait: WaitSnapshot?
  /// The tasks that wait for this one.
  public var awaitedBy: [TaskID]
  /// Time since it was made; for an ended task, how long it lived; for a child task, since it was
  /// first seen.
  public var age: Duration
  /// How many steps of it have been executed.
  public var steps: UInt64
  /// Cancellation requests that `uncancel()` has not taken back.
  public var cancellationRequests: Int
  /// The message of the first undelivered or last delivered cancellation request.
  public var cancellationMessage: String? {
    get { more.value.cancellationMessage }
    set { more.value.cancellationMessage = newValue }
  }
  /// The last requests to cancel, oldest first; at most eight.
  public var cancellations: [CancellationSnapshot] {
    get { more.value.cancellations }
    set { more.value.cancellations = newValue }
  }
  /// How many requests to cancel there have been, also those that are not remembered or were taken back.
  public var cancellationCount: Int {
    get { more.value.cancellationCount }
    set { more.value.cancellationCount = newValue }
  }
  /// What it has done with its time; `nil` while the loop does not measure: see
  /// `EventLoop.isMeasuring`.
  public var times: TaskTimes? {
    get { more.value.times }
    set { more.value.times = newValue }
  }
  /// How it ended; `nil` for a live task.
  public var ending: TaskEnding? {
    get { more.value.ending }
    set { more.value.ending = newValue }
  }

  /// What is the same for all tasks of one line, which share it.
  var origin: TaskOrigin
  /// What few tasks have, in a box: listings copy pictures of very many.
  // Not private: then the compiler would make no initializer that makes a picture in one piece.
  var more: Rare<More>

  struct More: Hashable, Sendable, Emptiable {
    var cancellationMessage: String?
    var cancellations: [CancellationSnapshot] = []
    var cancellationCount = 0
    var times: TaskTimes?
    var ending: TaskEnding?
  }
}

extension TaskSnapshot {
  public init(
    id: TaskID, name: String, runner: String, state: TaskState, role: TaskRole = .task,
    operation: String = "", creationSite: SourceSite? = nil, parent: TaskID? = nil,
    wait: WaitSnapshot? = nil, awaitedBy: [TaskID] = [], age: Duration = .zero, steps: UInt64 = 0,
    cancellationRequests: Int = 0, cancellationMessage: String? = nil,
    cancellations: [CancellationSnapshot] = [], cancellationCount: Int = 0,
    times: TaskTimes? = nil, ending: TaskEnding? = nil
  ) {
    let isEmpty =
      cancellationCount == 0 && cancellationMessage == nil && times == nil && ending == nil
      && cancellations.isEmpty
    self.init(
      id: id, name: name.bounded(), runner: runner, state: state, role: role, parent: parent,
      wait: wait, awaitedBy: awaitedBy, age: age, steps: steps,
      cancellationRequests: cancellationRequests,
      origin: TaskOrigin(site: creationSite, operation: operation.bounded()),
      more: isEmpty
        ? .empty
        : .some(
          More(
            cancellationMessage: cancellationMessage?.bounded(), cancellations: cancellations,
            cancellationCount: cancellationCount, times: times, ending: ending)))
  }
}

/// How a task ended.
public struct TaskEnding: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// It returned; `Void` is shown as `nil`.
    case returned(ValueSnapshot?)
    /// It threw an error other than `CancellationError`.
    case failed(ErrorSnapshot)
    /// It ended with `CancellationError`; the message is that of the request, if it had one.
    case cancelled(message: String?)
  }

  public var outcome: Outcome
  /// Time since it ended.
  public var elapsed: Duration
  /// Whether someone awaited or read the outcome.
  public var wasRead: Bool

  public init(outcome: Outcome, elapsed: Duration, wasRead: Bool) {
    self.outcome = outcome
    self.elapsed = elapsed
    self.wasRead = wasRead
  }
}

/// A value as text: its type and a bounded description.
public struct ValueSnapshot: Hashable, Sendable {
  /// The type's name: `Array<Int>` or `[Int]`.
  public var type: String
  /// The value's description, cut after a bounded number of characters.
  public var text: String

  public init(type: String, text: String) {
    self.type = type
    self.text = text
  }
}

/// An error as text: its type and what it says.
public struct ErrorSnapshot: Hashable, Sendable {
  public var type: String
  public var message: String
  /// The program's own functions in which it was thrown, innermost first; empty where that is not known.
  public var frames: [StackFrame]

  public init(type: String, message: String, frames: [StackFrame] = []) {
    self.type = type
    self.message = message
    self.frames = frames
  }
}
