package import RunnerCore

/// Who awaits whom among some tasks.
package struct AwaitGraph: Sendable {
  /// The tasks, by number.
  package let tasks: [TaskID: TaskSnapshot]
  /// The tasks that a drawing begins with: those that nobody here awaits, and one of each cycle
  /// that nothing else leads to.
  package let roots: [TaskID]
  /// Each cycle once, from its lowest task on.
  package let cycles: [[TaskID]]

  /// Creates the graph of these tasks; what they await beyond these is left out.
  package init(_ listing: [TaskSnapshot]) {
    let tasks = Dictionary(listing.map { ($0.id, $0) }) { first, _ in first }
    self.tasks = tasks
    var search = Search(tasks: tasks)
    let order = listing.map(\.id).sorted()
    let awaited = Set(order.flatMap { Self.awaits($0, in: tasks) })
    var roots = order.filter { !awaited.contains($0) }
    for root in roots { search.visit(root) }
    for id in order where !search.seen.contains(id) {
      roots.append(id)
      search.visit(id)
    }
    self.roots = roots
    cycles = search.cycles
  }

  /// Returns the tasks that a task awaits.
  package func awaits(_ id: TaskID) -> [TaskID] { Self.awaits(id, in: tasks) }

  private static func awaits(_ id: TaskID, in tasks: [TaskID: TaskSnapshot]) -> [TaskID] {
    switch tasks[id]?.wait?.subject {
    case .task(let other): [other].filter { tasks[$0] != nil }
    case .tasks(let others): others.filter { tasks[$0] != nil }
    default: []
    }
  }

  /// A walk that meets each task once and remembers the path by which it came.
  private struct Search {
    let tasks: [TaskID: TaskSnapshot]
    var seen: Set<TaskID> = []
    var cycles: [[TaskID]] = []
    var path: [TaskID] = []
    /// Where on the path a task stands.
    var places: [TaskID: Int] = [:]

    mutating func visit(_ root: TaskID) {
      guard seen.insert(root).inserted else { return }
      path = [root]
      places = [root: 0]
      var pending = [AwaitGraph.awaits(root, in: tasks)]
      while let last = pending.last {
        guard let next = last.first else {
          pending.removeLast()
          places[path.removeLast()] = nil
          continue
        }
        pending[pending.count - 1].removeFirst()
        if let start = places[next] {
          cycles.append(Self.fromLowest(Array(path[start...])))
        } else if seen.insert(next).inserted {
          places[next] = path.count
          path.append(next)
          pending.append(AwaitGraph.awaits(next, in: tasks))
        }
      }
    }

    static func fromLowest(_ cycle: [TaskID]) -> [TaskID] {
      let start = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
      return Array(cycle[start...] + cycle[..<start])
    }
  }
}
