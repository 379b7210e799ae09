private import CRunnerRuntime
private import Synchronization

extension TaskPicture {
  /// The part of a listing that comes from this loop.
  ///
  /// Pictures of tasks are dear, so they are made only of those that can be in the answer: when this
  /// loop has all tasks, of exactly those.
  func listing(
    _ query: TaskQuery, isAlone: Bool, consistency: SnapshotConsistency
  ) -> TaskListing {
    var candidates = all(query)
    let total = candidates.count
    if query.states != nil || query.namePattern != nil {
      let pattern = query.namePattern.map(NamePattern.init)
      candidates.removeAll { candidate in
        if let states = query.states, !states.contains(state(of: candidate)) { return true }
        return pattern.map { !$0.matches(name(of: candidate)) } ?? false
      }
    }
    let matching = candidates.count
    var offset = 0
    if isAlone || query.anchor == nil && query.limit != nil {
      var part = query.window(of: matching, anchor: nil)
      if let anchor = query.anchor {
        candidates = ordered(candidates, by: query, first: matching)
        part = query.window(of: matching, anchor: candidates.firstIndex { id(of: $0) == anchor })
      } else {
        candidates = ordered(candidates, by: query, first: part.upperBound)
      }
      if !isAlone { part = 0..<part.upperBound }
      if part != candidates.indices { candidates = Array(candidates[part]) }
      offset = part.lowerBound
    }
    return TaskListing(
      tasks: snapshots(of: candidates), matching: matching, total: total, consistency: consistency,
      offset: offset, omission: omission)
  }

  private func snapshots(of candidates: [Candidate]) -> [TaskSnapshot] {
    let isPart = candidates.count < tasks.count / 4
    let awaiters = self.awaiters(of: isPart ? Set(candidates.map { id(of: $0) }) : nil)
    var snapshots: [TaskSnapshot] = []
    snapshots.reserveCapacity(candidates.count)
    for start in stride(from: 0, to: candidates.count, by: Self.batch) {
      let part = start..<min(candidates.count, start + Self.batch)
      let labels = labels(of: candidates[part])
      for index in part {
        switch candidates[index] {
        case .task(let task):
          guard let labels = labels[index - start] else { continue }
          task._withUnsafeGuaranteedRef { task in
            let awaitedBy = awaiters.isEmpty ? [] : awaiters[task.id] ?? []
            snapshots.append(snapshot(of: task, labels, awaitedBy: awaitedBy))
          }
        case .child(let index):
          guard let child = natives?.children[index] else { continue }
          if let snapshot = snapshot(of: child, awaitedBy: awaiters[child.id] ?? []) {
            snapshots.append(snapshot)
          }
        }
      }
    }
    return snapshots
  }

  /// So many tasks stay in the processor's nearest memory.
  private static let batch = 128

  /// What is said of tasks, for one taking of the lock; `nil` for children.
  private func labels(of candidates: ArraySlice<Candidate>) -> [TaskLabels?] {
    for candidate in candidates { candidate.prefetch() }
    return loop.registry.whileLocked {
      candidates.map { candidate in
        guard case .task(let task) = candidate else { return nil }
        return task._withUnsafeGuaranteedRef(\.labels)
      }
    }
  }

  /// A task that can be listed: one of the library's, or a child task of Swift's own.
  ///
  /// Without a count: the picture has them.
  private enum Candidate {
    case task(Unmanaged<AnyRunnerTask>)
    case child(Int)

    @inline(__always)
    func prefetch() {
      if case .task(let task) = self { runner_prefetch_task(task.toOpaque()) }
    }
  }

  private func id(of candidate: Candidate) -> TaskID {
    switch candidate {
    case .task(let task): task._withUnsafeGuaranteedRef(\.id)
    case .child(let index): natives?.children[index].id ?? TaskID(0)
    }
  }

  /// All of them, in the order of their numbers.
  private func all(_ query: TaskQuery) -> [Candidate] {
    let leavesToolsOut = hasTools && !query.includesToolTasks
    var all = tasks.compactMap { task -> Candidate? in
      leavesToolsOut && role(of: task) == .tool ? nil : .task(.passUnretained(task))
    }
    let listed = all.count
    if let natives { all += natives.children.indices.map { .child($0) } }
    if query.includesParts { all += parts.map { .task(.passUnretained($0)) } }
    if all.count > listed { all.sort { id(of: $0) < id(of: $1) } }
    return all
  }

  private func name(of candidate: Candidate) -> String {
    switch candidate {
    case .task(let task): task._withUnsafeGuaranteedRef(\.name)
    case .child(let index): natives.map { name(of: $0.children[index]) } ?? ""
    }
  }

  private func state(of candidate: Candidate) -> TaskState {
    switch candidate {
    case .task(let task): task._withUnsafeGuaranteedRef { state(of: $0) }
    case .child(let index): Self.state(of: natives?.children[index].task)
    }
  }

  /// Orders tasks as `TaskListing.arrange` orders their pictures; so many of them are wanted.
  private func ordered(
    _ candidates: [Candidate], by query: TaskQuery, first count: Int
  ) -> [Candidate] {
    switch query.order {
    case .id:
      return query.isReversed ? candidates.reversed() : candidates
    case .name, .state:
      let isState = query.order == .state
      let texts = candidates.map { candidate in
        (text: isState ? state(of: candidate).rawValue : name(of: candidate), id: id(of: candidate))
      }
      let order = candidates.indices.sorted {
        (texts[$0].text, texts[$0].id) < (texts[$1].text, texts[$1].id)
      }
      return (query.isReversed ? order.reversed() : order).map { candidates[$0] }
    case .age, .cancels, .waiting, .steps:
      var places: [Place] = []
      places.reserveCapacity(candidates.count)
      for (index, candidate) in candidates.enumerated() {
        if index + 6 < candidates.count { candidates[index + 6].prefetch() }
        var place = Place(
          key: key(of: candidate, for: query.order), id: id(of: candidate).number, index: index)
        if query.isReversed { (place.key, place.id) = (~place.key, ~place.id) }
        places.append(place)
      }
      return Place.first(count, of: places).map { candidates[$0.index] }
    }
  }

  /// Where a candidate comes in an order of numbers; smaller keys, and of equal ones smaller numbers, first.
  private struct Place: Comparable {
    var key: Int64
    var id: UInt64
    var index: Int

    @inline(__always)
    static func < (left: Place, right: Place) -> Bool {
      left.key != right.key ? left.key < right.key : left.id < right.id
    }

    /// The first ones in their order; the others are not ordered where they are many more.
    static func first(_ count: Int, of places: [Place]) -> [Place] {
      if count == 0 { return [] }
      if count > places.count / 4 { return places.sorted() }
      var best: [Place] = []
      var last: Place?
      for place in places {
        if let last, last < place { continue }
        best.append(place)
        guard best.count >= 2 * count + 64 else { continue }
        best.sort()
        best.removeLast(best.count - count)
        last = best.last
      }
      best.sort()
      return Array(best.prefix(count))
    }
  }

  /// What an order of numbers compares; smaller ones come first.
  private func key(of candidate: Candidate, for order: TaskQuery.Order) -> Int64 {
    switch candidate {
    case .task(let task): task._withUnsafeGuaranteedRef { key(of: $0, for: order) }
    case .child(let index): natives.map { key(of: $0.children[index], for: order) } ?? 0
    }
  }

  private func key(of task: AnyRunnerTask, for order: TaskQuery.Order) -> Int64 {
    switch order {
    case .age: task.createdAt
    case .cancels: -Int64(task.cancellationRequests)
    case .waiting: waitStart(of: task) ?? .max
    case .steps: -Int64(clamping: task.steps)
    case .id, .name, .state: 0
    }
  }

  private func key(of child: NativeWalk.Child, for order: TaskQuery.Order) -> Int64 {
    switch order {
    case .age: child.firstSeen
    case .cancels: child.task.isCancelled ? -1 : 0
    case .waiting: loop.childWaits.read(child.task.address)?.since ?? .max
    case .id, .name, .state, .steps: 0
    }
  }
}

extension TaskQuery {
  /// The part of so many ordered tasks that the answer has; the anchor is the place of that task.
  func window(of count: Int, anchor: Int?) -> Range<Int> {
    let limit = min(max(0, self.limit ?? count), count)
    var start = min(max(0, offset), count)
    if let anchor, anchor < start || anchor - start >= limit {
      start = max(0, min(anchor - limit / 2, count - limit))
    }
    return start..<min(count, start + limit)
  }
}

extension TaskListing {
  mutating func add(_ other: TaskListing) {
    if tasks.isEmpty { tasks = other.tasks } else { tasks += other.tasks }
    matching += other.matching
    offset += other.offset
    total += other.total
    if other.consistency == .sampled { consistency = .sampled }
    if omission.isEmpty { omission = other.omission }
  }

  /// Orders and cuts as asked what came from several loops; equal ones stay in the order of their
  /// numbers.
  mutating func arrange(by query: TaskQuery) {
    switch query.order {
    case .id: tasks.sort { $0.id < $1.id }
    case .name: tasks.sort { ($0.name, $0.id) < ($1.name, $1.id) }
    case .state: tasks.sort { ($0.state.rawValue, $0.id) < ($1.state.rawValue, $1.id) }
    case .age: tasks.sort { $0.age != $1.age ? $0.age > $1.age : $0.id < $1.id }
    case .cancels:
      tasks.sort { left, right in
        left.cancellationRequests != right.cancellationRequests
          ? left.cancellationRequests > right.cancellationRequests : left.id < right.id
      }
    case .waiting:
      tasks.sort { left, right in
        let (first, second) = (left.wait?.elapsed ?? .zero, right.wait?.elapsed ?? .zero)
        return first != second ? first > second : left.id < right.id
      }
    case .steps: tasks.sort { $0.steps != $1.steps ? $0.steps > $1.steps : $0.id < $1.id }
    }
    if query.isReversed { tasks.reverse() }
    let part = query.window(
      of: tasks.count, anchor: tasks.firstIndex { $0.id == query.anchor })
    offset = part.lowerBound
    tasks = Array(tasks[part])
  }
}
