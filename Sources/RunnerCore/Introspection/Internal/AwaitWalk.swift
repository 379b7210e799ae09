/// A walk along who waits for whom that meets each task once; a stack, because chains can be long.
struct AwaitWalk {
  /// The tasks for which a task waits.
  let awaited: (TaskID) -> [TaskID]
  /// Those that were met, each after all that it waits for.
  private(set) var finished: [TaskID] = []
  /// Those that were met.
  private(set) var seen: Set<TaskID> = []
  /// Each circle once, in the order in which its tasks wait, from its lowest one on.
  private(set) var cycles: [[TaskID]] = []

  init(awaited: @escaping (TaskID) -> [TaskID]) {
    self.awaited = awaited
  }

  /// A task whose awaited ones are being walked.
  private struct Branch {
    let task: TaskID
    let targets: [TaskID]
    var next = 0
  }

  /// Walks all that a task waits for, directly and indirectly.
  mutating func visit(_ root: TaskID) {
    guard seen.insert(root).inserted else { return }
    var path = [Branch(task: root, targets: awaited(root))]
    // Where on the path a task stands.
    var places: [TaskID: Int] = [root: 0]
    while let last = path.indices.last {
      guard path[last].next < path[last].targets.count else {
        let branch = path.removeLast()
        places[branch.task] = nil
        finished.append(branch.task)
        continue
      }
      let target = path[last].targets[path[last].next]
      path[last].next += 1
      if let start = places[target] {
        cycles.append(Self.fromLowest(path[start...].map(\.task)))
      } else if seen.insert(target).inserted {
        places[target] = path.count
        path.append(Branch(task: target, targets: awaited(target)))
      }
    }
  }

  /// The same circle, beginning with its lowest task.
  static func fromLowest(_ cycle: [TaskID]) -> [TaskID] {
    let start = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
    return Array(cycle[start...] + cycle[..<start])
  }
}
