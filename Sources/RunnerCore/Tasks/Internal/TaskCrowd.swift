/// The live tasks of one loop at one moment, in the order of their numbers.
struct TaskCrowd {
  private(set) var tasks: [AnyRunnerTask] = []
  /// Those that wait for another one's end or for several, or have a group of others.
  private(set) var waiting: [AnyRunnerTask] = []
  /// Whether listings leave some of them out: parts of other tasks.
  private(set) var hasHidden = false
  /// Whether tools have made some of them.
  private(set) var hasTools = false

  /// Makes room for so many.
  mutating func expect(_ count: Int) { tasks.reserveCapacity(count) }

  mutating func add(_ task: AnyRunnerTask, isGathering: Bool) {
    tasks.append(task)
    if task.isHidden { hasHidden = true }
    if task.role == .tool { hasTools = true }
    if isGathering || task.waitCell.currentKind == .task { waiting.append(task) }
  }

  mutating func sort() {
    // Numbers and not objects, of which each comparison would count references.
    let order = tasks.indices.map { (number: tasks[$0].id.number, index: $0) }
      .sorted { $0.number < $1.number }
    tasks = order.map { tasks[$0.index] }
  }
}
