/// The tasks of which none can go on, because each waits for others of them; and their circles.
///
/// Who waits for all of several tasks stands still when one of them does. Who waits for any of them does
/// so only when all do: a circle through such a wait is none as long as another task can end it.
struct Standstill {
  /// Each circle once, in the order in which its tasks wait, from its lowest one on.
  private(set) var cycles: [[TaskID]] = []
  /// All tasks that stand still: those in a circle, and those that wait for one.
  private(set) var tasks: Set<TaskID> = []

  /// Finds them among these waits.
  init(_ targets: [TaskID: AwaitTargets]) {
    tasks = Self.tasks(in: targets)
    if tasks.isEmpty { return }
    var walk = AwaitWalk { [tasks] id in
      targets[id]?.tasks.filter { tasks.contains($0) } ?? []
    }
    for task in tasks.sorted() { walk.visit(task) }
    cycles = walk.cycles
  }

  /// Takes out, one after the other, those that can go on: what remains cannot.
  private static func tasks(in targets: [TaskID: AwaitTargets]) -> Set<TaskID> {
    var waiting: [TaskID: [TaskID]] = [:]
    // How many of its tasks must be able to go on before a task is.
    var missing: [TaskID: Int] = [:]
    var free: [TaskID] = []
    for (task, awaited) in targets {
      let distinct = Set(awaited.tasks)
      for target in distinct { waiting[target, default: []].append(task) }
      switch awaited {
      case .all: missing[task] = distinct.count
      case .any: missing[task] = min(1, distinct.count)
      }
      if distinct.isEmpty { free.append(task) }
    }
    // Those that wait for nobody here.
    free += waiting.keys.filter { targets[$0] == nil }
    var stuck = Set(targets.keys)
    for task in free { stuck.remove(task) }
    while let task = free.popLast() {
      for waiter in waiting[task] ?? [] {
        guard let left = missing[waiter], left > 0 else { continue }
        missing[waiter] = left - 1
        guard left == 1, stuck.remove(waiter) != nil else { continue }
        free.append(waiter)
      }
    }
    return stuck
  }
}
