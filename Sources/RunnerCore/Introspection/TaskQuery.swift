/// Which tasks to list, in which order, and how many at most.
public struct TaskQuery: Hashable, Sendable {
  public enum Order: String, Hashable, Sendable, CaseIterable {
    case id
    case name
    case state
    case age
    case cancels
  }

  /// Only tasks of this runner; `nil` means every runner.
  public var runner: String?
  /// Only tasks in one of these states; `nil` means every live state.
  public var states: Set<TaskState>?
  /// Only tasks whose name matches this pattern, where `*` is any text and `?` any character.
  public var namePattern: String?
  /// Whether the tasks that the tool made for itself are listed too.
  public var includesToolTasks: Bool
  public var order: Order
  /// How many tasks are returned at most; `nil` means all.
  public var limit: Int?

  public init(
    runner: String? = nil, states: Set<TaskState>? = nil, namePattern: String? = nil,
    includesToolTasks: Bool = false, order: Order = .id, limit: Int? = nil
  ) {
    self.runner = runner
    self.states = states
    self.namePattern = namePattern
    self.includesToolTasks = includesToolTasks
    self.order = order
    self.limit = limit
  }
}

/// The answer to a `TaskQuery`.
public struct TaskListing: Hashable, Sendable {
  /// The tasks, ordered as asked, cut to the limit.
  public var tasks: [TaskSnapshot]
  /// How many tasks matched, listed or not.
  public var matching: Int
  /// How many tasks there are in all that the query could have asked for.
  public var total: Int
  /// Whether the picture was taken between two steps of every loop.
  public var consistency: SnapshotConsistency
  /// What cannot be listed here and why, as a sentence; empty when nothing is missing.
  public var omission: String

  public init(
    tasks: [TaskSnapshot], matching: Int, total: Int, consistency: SnapshotConsistency = .exact,
    omission: String = ""
  ) {
    self.omission = omission
    self.tasks = tasks
    self.matching = matching
    self.total = total
    self.consistency = consistency
  }
}
