internal import CRunnerRuntime

/// What Swift's runtime says of a loop's tasks beyond what the library knows: their child tasks, and
/// what those wait for that wait outside of the library.
///
/// Tasks that wait for something of the library's and have no children cost one look at their own
/// memory; all others are read by the kernel, since children may end on other threads meanwhile.
struct NativeWalk {
  struct Child {
    let id: TaskID
    let task: RuntimeTask
    /// The task that made it; `nil` when that one is hidden from listings.
    let parent: TaskID?
    let firstSeen: Int64
  }

  /// In the order of their numbers.
  private(set) var children: [Child] = []
  /// Tasks of the library's in awaits that are not, by number; without frames.
  private(set) var outside: [TaskID: RuntimeTask] = [:]
  /// Whether the walk took too long and left something out.
  private(set) var isCut = false

  /// How long the loop may be kept waiting, and somebody who looks beside it.
  private static let limits = (exact: Int64(60_000_000), sampled: Int64(250_000_000))

  /// Walks the children of the tasks; `nil` where the runtime is not read.
  init?(of loop: EventLoop, _ tasks: [AnyRunnerTask], _ consistency: SnapshotConsistency) {
    guard RuntimeReader.shared.tier == .full else { return nil }
    let walk = loop.childNumbers.beginWalk()
    let limit = consistency == .exact ? Self.limits.exact : Self.limits.sampled
    var search = Search(deadline: runner_monotonic_now() + limit)
    for task in Self.worthReading(tasks, consistency) {
      let address = task.swiftTaskAddress
      let isOutside = task.waitCell.currentKind == .outside
      guard address != 0, let seen = search.read(address), task.swiftTaskAddress == address else {
        continue
      }
      let visible = task.visible
      if isOutside { outside[visible.id] = seen }
      search.follow(seen, below: visible.isHidden ? .nobody : .task(visible.id))
    }
    isCut = search.isOver
    if search.found.isEmpty, loop.childNumbers.count == 0 { return }
    number(search, walk, loop)
  }

  /// The tasks of which one look at their own memory does not say that there is nothing to find.
  private static func worthReading(
    _ tasks: [AnyRunnerTask], _ consistency: SnapshotConsistency
  ) -> [AnyRunnerTask] {
    if consistency != .exact { return tasks }
    var found: [AnyRunnerTask] = []
    withUnsafePointer(to: RuntimeReader.shared.layout) { layout in
      for index in tasks.indices {
        if index + 12 < tasks.count {
          runner_prefetch_task(Unmanaged.passUnretained(tasks[index + 12]).toOpaque())
          runner_prefetch(tasks[index + 6].swiftTaskAddress)
        }
        // Without a count: the picture has the task.
        Unmanaged.passUnretained(tasks[index])._withUnsafeGuaranteedRef { task in
          let address = task.swiftTaskAddress
          if address == 0 { return }
          if task.waitCell.currentKind == .outside || runner_task_has_children(layout, address) {
            found.append(task)
          }
        }
      }
    }
    return found
  }

  /// Gives numbers, older children first.
  private mutating func number(_ search: Search, _ walk: UInt64, _ loop: EventLoop) {
    let order = search.found.indices.sorted { search.found[$0].task.id < search.found[$1].task.id }
    let entries = loop.childNumbers.note(
      order.map { search.found[$0].task }, seenBy: walk, isWhole: !search.isOver && !search.isTorn,
      now: loop.clock.now.nanoseconds)
    var numbers = Array(repeating: TaskID(0), count: order.count)
    for (index, entry) in zip(order, entries) { numbers[index] = entry.id }
    for (index, entry) in zip(order, entries) {
      let found = search.found[index]
      let parent: TaskID? =
        switch found.parent {
        case .nobody: nil
        case .task(let id): id
        case .child(let index): numbers[index]
        }
      children.append(
        Child(id: entry.id, task: found.task, parent: parent, firstSeen: entry.firstSeen))
    }
    children.sort { $0.id < $1.id }
  }

  /// The walk itself, before numbers are given.
  private struct Search {
    enum Parent {
      case nobody
      case task(TaskID)
      case child(Int)
    }

    let reader = RuntimeReader.shared
    let deadline: Int64
    var found: [(task: RuntimeTask, parent: Parent)] = []
    /// Whether time was up.
    var isOver = false
    /// Whether something changed while it was read: who was not seen may be there.
    var isTorn = false
    private var seen = Set<UInt64>()
    private var reads = 0

    init(deadline: Int64) { self.deadline = deadline }

    mutating func read(_ address: UInt) -> RuntimeTask? {
      reads += 1
      if isOver || (reads % 32 == 0 && runner_monotonic_now() > deadline) {
        isOver = true
        return nil
      }
      let task = reader.task(at: address, withFrames: false)
      if task?.isWhole != true { isTorn = true }
      return task
    }

    /// Finds the children of a task, and theirs.
    mutating func follow(_ task: RuntimeTask, below parent: Parent) {
      var pending = task.children.map { (address: $0, of: task.address, parent: parent) }
      while let next = pending.popLast() {
        guard let child = read(next.address) else { continue }
        // What ended meanwhile may be another task by now.
        guard child.parent == next.of, child.kind != .task else {
          isTorn = true
          continue
        }
        guard child.state != .complete, seen.insert(child.id).inserted else { continue }
        found.append((child, parent: next.parent))
        let index = found.count - 1
        pending += child.children.map { (address: $0, of: child.address, parent: .child(index)) }
      }
    }
  }
}

extension RuntimeReader {
  /// Whether a task that is held and cannot run now may have children; only in the full tier.
  func hasChildren(at address: UInt) -> Bool {
    withUnsafePointer(to: layout) { runner_task_has_children($0, address) }
  }
}
