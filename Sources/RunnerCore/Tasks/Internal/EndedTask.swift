internal import Synchronization

/// What is remembered of a task that has ended; may be read from any thread.
final class EndedTask: Sendable {
  let id: TaskID
  let name: TaskName
  let role: TaskRole
  let operation: String
  let creationSite: SourceSite?
  let parent: TaskID?
  let createdAt: Int64
  let endedAt: Int64
  let steps: UInt64
  let cancellationRequests: Int
  let cancellationMessage: String?
  let cancellations: CancellationLog?
  let outcome: Outcome
  private let readFlag: Atomic<Bool>

  /// How it ended; texts are made when somebody looks.
  enum Outcome: Sendable {
    case returned(ValueSnapshot?)
    case failed(any Error)
    case cancelled
  }

  init(_ task: AnyRunnerTask, _ labels: TaskLabels, at moment: Int64, _ outcome: Outcome) {
    id = task.id
    name = labels.name
    role = task.role
    operation = task.operation
    creationSite = task.creationSite
    parent = task.parent
    createdAt = task.createdAt
    endedAt = moment
    steps = task.steps
    cancellationRequests = task.cancellationRequests
    cancellationMessage = labels.cancellationMessage
    cancellations = labels.cancellations
    self.outcome = outcome
    readFlag = Atomic(task.wasRead)
  }

  /// Whether somebody has seen the outcome.
  var wasRead: Bool { readFlag.load(ordering: .relaxed) }

  func markRead() { readFlag.store(true, ordering: .relaxed) }

  var isUnreadFailure: Bool {
    if case .failed = outcome { !wasRead } else { false }
  }
}
