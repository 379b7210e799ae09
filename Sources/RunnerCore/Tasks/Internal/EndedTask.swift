/// What is remembered of a task that has ended.
struct EndedTask: Sendable {
  private(set) var id: TaskID
  private var labels: TaskLabels
  private(set) var origin: TaskOrigin
  private(set) var parent: TaskID?
  private(set) var createdAt: Int64
  private(set) var endedAt: Int64
  private(set) var steps: UInt64
  private(set) var cancellationRequests: Int
  /// Whether somebody has seen the outcome.
  private(set) var wasRead: Bool
  private var state: TaskState
  private var error: (any Error)?
  private var value: KeptValue?

  /// How it ended; texts are made when somebody looks.
  enum Outcome: Sendable {
    case returned(ValueSnapshot?)
    case failed(any Error)
    case cancelled
  }

  /// What few tasks have, in an object, so that the others need no room for it.
  fileprivate final class KeptValue: Sendable {
    let snapshot: ValueSnapshot

    init(_ snapshot: ValueSnapshot) { self.snapshot = snapshot }
  }

  /// What the end of a task leaves behind besides what is said here of all: nothing, for most.
  struct Leftover {
    fileprivate var error: (any Error)?
    fileprivate var value: KeptValue?
    fileprivate var more: TaskLabels.More?
  }

  var name: String { labels.name }

  init(
    _ task: AnyRunnerTask, _ labels: borrowing TaskLabels, at moment: Int64,
    _ outcome: borrowing Outcome
  ) {
    id = task.id
    self.labels = copy labels
    origin = task.origin
    parent = task.parent
    createdAt = task.createdAt
    endedAt = moment
    steps = task.steps
    cancellationRequests = task.cancellationRequests
    wasRead = task.wasRead
    state = .finished
    setOutcome(outcome)
  }

  /// Takes another task's place; returns what may be dear to release.
  ///
  /// Field by field, as in `init`: to assign a whole one takes 270 instructions more at the end of each task.
  @inline(__always)
  mutating func become(
    _ task: AnyRunnerTask, _ labels: borrowing TaskLabels, at moment: Int64,
    _ outcome: borrowing Outcome
  ) -> Leftover? {
    var leftover: Leftover?
    if error != nil || value != nil || self.labels.more != nil {
      leftover = Leftover(error: error, value: value, more: self.labels.more)
      (error, value) = (nil, nil)
    }
    id = task.id
    self.labels = copy labels
    // Mostly the same: of a line that makes one task after the other.
    if origin !== task.origin { origin = task.origin }
    parent = task.parent
    createdAt = task.createdAt
    endedAt = moment
    steps = task.steps
    cancellationRequests = task.cancellationRequests
    wasRead = task.wasRead
    setOutcome(outcome)
    return leftover
  }

  @inline(__always)
  private mutating func setOutcome(_ outcome: borrowing Outcome) {
    switch copy outcome {
    case .returned(let snapshot):
      state = .finished
      if let snapshot { value = KeptValue(snapshot) }
    case .failed(let failure): (state, error) = (.failed, failure)
    case .cancelled: state = .cancelled
    }
  }

  var outcome: Outcome {
    if let error { return .failed(error) }
    return state == .cancelled ? .cancelled : .returned(value?.snapshot)
  }

  var role: TaskRole { origin.role }
  var operation: String { origin.operation }
  var creationSite: SourceSite? { origin.site }
  var cancellationMessage: String? { labels.cancellationMessage }
  var cancellations: CancellationLog? { labels.cancellations }

  mutating func markRead() { wasRead = true }

  var isUnreadFailure: Bool { state == .failed && !wasRead }
}
