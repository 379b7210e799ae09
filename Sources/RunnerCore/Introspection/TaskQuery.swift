/// Which tasks to list, in which order, and how many at most.
public struct TaskQuery: Hashable, Sendable {
  public enum Order: String, Hashable, Sendable, CaseIterable {
    case id
    case name
    case state
    case age
    case cancels
    /// The one that has waited longest first; those that do not wait come last.
    case waiting
    /// The one that has made most steps first.
    case steps
  }

  /// Only tasks of this runner; `nil` means every runner.
  public var runner: String?
  /// Only tasks in one of these states; `nil` means every live state.
  public var states: Set<TaskState>?
  /// Only tasks whose name matches this pattern, where `*` is any text and `?` any character.
  public var namePattern: String?
  /// Whether the tasks that the tool made for itself are listed too.
  public var includesToolTasks: Bool
  /// Whether the tasks are listed too in which the library runs parts of others: the bodies of timeouts and
  /// of task groups, and generators.
  public var includesParts: Bool
  public var order: Order
  /// Whether the order is turned round, also that of equal ones.
  public var isReversed: Bool
  /// How many tasks are returned at most; `nil` means all.
  public var limit: Int?
  /// How many tasks of the order are passed over; `history` passes over none.
  public var offset: Int
  /// A task that has to be among those returned if it matches: the offset gives way to it.
  public var anchor: TaskID?

  public init(
    runner: String? = nil, states: Set<TaskState>? = nil, namePattern: String? = nil,
    includesToolTasks: Bool = false, order: Order = .id, isReversed: Bool = false,
    limit: Int? = nil, offset: Int = 0, anchor: TaskID? = nil, includesParts: Bool = false
  ) {
    self.includesParts = includesParts
    self.runner = runner
    self.states = states
    self.namePattern = namePattern
    self.includesToolTasks = includesToolTasks
    self.order = order
    self.isReversed = isReversed
    self.limit = limit
    self.offset = offset
    self.anchor = anchor
  }
}

/// The answer to a `TaskQuery`.
public struct TaskListing: Hashable, Sendable {
  /// The tasks, ordered as asked, cut to the limit.
  public var tasks: [TaskSnapshot]
  /// How many tasks matched, listed or not.
  public var matching: Int
  /// How many matching tasks come before the first one that is listed.
  public var offset: Int
  /// How many tasks there are in all that the query could have asked for.
  public var total: Int
  /// How many ended tasks are remembered, matching or not; `nil` in a listing of live ones.
  public var remembered: Int?
  /// Whether the picture was taken between two steps of every loop.
  public var consistency: SnapshotConsistency
  /// What cannot be listed here and why, as a sentence; empty when nothing is missing.
  public var omission: String

  public init(
    tasks: [TaskSnapshot], matching: Int, total: Int, remembered: Int? = nil,
    consistency: SnapshotConsistency = .exact, offset: Int = 0, omission: String = ""
  ) {
    self.omission = omission
    self.tasks = tasks
    self.matching = matching
    self.offset = offset
    self.total = total
    self.remembered = remembered
    self.consistency = consistency
  }
}
