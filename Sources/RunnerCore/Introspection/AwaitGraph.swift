/// Who waits for whom among some tasks: for its end, or for a lock that it has.
package struct AwaitGraph: Sendable {
  /// The tasks, by number.
  package let tasks: [TaskID: TaskSnapshot]
  /// The tasks that a drawing begins with: those for which nobody here waits, and one of each cycle
  /// that nothing else leads to.
  package let roots: [TaskID]
  /// Each cycle in which nobody can go on once, from its lowest task on.
  package let cycles: [[TaskID]]
  /// The tasks that wait in such a cycle, or for one.
  package let doomed: Set<TaskID>
  /// For each task a number; equal numbers stand for subtrees that look alike.
  package let shapes: [TaskID: Int]
  private let edges: [TaskID: [TaskID]]
  /// For each task the child tasks that are a part of it and that nobody here awaits.
  package let parts: [TaskID: [TaskID]]

  /// Creates the graph of these tasks; what they wait for beyond these is left out.
  package init(_ listing: [TaskSnapshot]) {
    let tasks = Dictionary(listing.map { ($0.id, $0) }) { first, _ in first }
    var edges: [TaskID: [TaskID]] = [:]
    var waits: [TaskID: AwaitTargets] = [:]
    var awaited = Set<TaskID>()
    for task in tasks.values {
      guard let targets = AwaitTargets(of: task) else { continue }
      waits[task.id] = targets
      let listed = targets.tasks.filter { tasks[$0] != nil }
      if listed.isEmpty { continue }
      edges[task.id] = listed
      awaited.formUnion(listed)
    }
    self.tasks = tasks
    self.edges = edges
    var walk = AwaitWalk { [edges] in edges[$0] ?? [] }
    let order = tasks.keys.sorted()
    var roots = order.filter { !awaited.contains($0) }
    for root in roots { walk.visit(root) }
    for id in order where !walk.seen.contains(id) {
      roots.append(id)
      walk.visit(id)
    }
    self.roots = roots
    parts = Dictionary(
      grouping: order.filter { id in
        guard !awaited.contains(id), let task = tasks[id], task.role == .child else { return false }
        return task.parent.map { tasks[$0] != nil } ?? false
      }
    ) { tasks[$0]?.parent ?? $0 }
    let standstill = Standstill(waits)
    cycles = standstill.cycles
    doomed = standstill.tasks
    shapes = Self.shapes(of: walk.finished, tasks, edges)
  }

  /// Returns the tasks for which a task waits: those that it awaits, or the one that has its lock.
  package func awaits(_ id: TaskID) -> [TaskID] { edges[id] ?? [] }

  /// Whether what a task waits for is a lock that one of these tasks has.
  package func waitsForHolder(_ id: TaskID) -> Bool {
    tasks[id]?.wait?.holder != nil && edges[id] != nil
  }

  // MARK: Shapes

  /// What makes two subtrees look alike: the state and the wait, and the same of all below.
  private struct Shape: Hashable {
    var state: TaskState
    var wait: WaitShape?
    var below: [Int]
  }

  private enum WaitShape: Hashable {
    case iteration, timer, tasks, anyTask, outside, readable, writable
    case object(WaitedObject?, UInt64)
  }

  private static func shapes(
    of order: [TaskID], _ tasks: [TaskID: TaskSnapshot], _ edges: [TaskID: [TaskID]]
  ) -> [TaskID: Int] {
    var numbers: [Shape: Int] = [:]
    var shapes: [TaskID: Int] = [:]
    for id in order {
      guard let task = tasks[id] else { continue }
      // What closes a cycle has no shape yet: such a task is like no other.
      let below = (edges[id] ?? []).map { shapes[$0] ?? -Int(truncatingIfNeeded: id.number) - 1 }
      let shape = Shape(
        state: task.state, wait: task.wait.map { waitShape($0.subject) }, below: below)
      let number = numbers[shape] ?? numbers.count
      numbers[shape] = number
      shapes[id] = number
    }
    return shapes
  }

  private static func waitShape(_ subject: WaitSnapshot.Subject) -> WaitShape {
    switch subject {
    case .nextIteration: .iteration
    case .timer: .timer
    case .task, .tasks: .tasks
    case .anyTask: .anyTask
    case .outside: .outside
    case .readable: .readable
    case .writable: .writable
    case .future(let number, _): .object(nil, number)
    case .object(let object, let number, _): .object(object, number)
    }
  }
}
