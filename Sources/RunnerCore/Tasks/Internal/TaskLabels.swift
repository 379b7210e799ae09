private import Synchronization

/// What is said about a task and may change, behind one lock.
struct TaskLabels: Sendable {
  var name: TaskName
  /// The message of the last request to cancel that had one; of those before one delivery, the first one's.
  var cancellationMessage: String?
  /// Who asked the task to end; `nil` while nobody has.
  var cancellations: CancellationLog?
  /// The tasks that this one waits for together, or has in a group.
  var awaited: AwaitedTasks?
}

/// The name of a task; the text of a default one is made when somebody asks.
enum TaskName: Sendable {
  case given(String)
  /// `Task-N`; a given name does not use up a number.
  case numbered(UInt64)

  private static let counter = Atomic<UInt64>(1)

  init(_ name: String?) {
    self =
      name.map(Self.given)
      ?? .numbered(Self.counter.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  var text: String {
    switch self {
    case .given(let name): name
    case .numbered(let number): "Task-\(number)"
    }
  }
}
