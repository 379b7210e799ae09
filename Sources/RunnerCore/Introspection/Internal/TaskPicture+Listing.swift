extension TaskPicture {
  /// The part of a listing that comes from this loop.
  ///
  /// Pictures of tasks are dear, so they are made only of those that can be in the answer: when this
  /// loop has all tasks, of exactly those.
  func listing(
    _ query: TaskQuery, isAlone: Bool, consistency: SnapshotConsistency
  ) -> TaskListing {
    let pattern = query.namePattern.map(NamePattern.init)
    var candidates: [Candidate] = []
    var total = 0
    let all = self.all(query)
    candidates.reserveCapacity(all.count)
    for candidate in all {
      total += 1
      if let states = query.states, !states.contains(state(of: candidate)) { continue }
      if let pattern, !pattern.matches(name(of: candidate)) { continue }
      candidates.append(candidate)
    }
    let matching = candidates.count
    var offset = 0
    if isAlone || query.anchor == nil && query.limit != nil {
      let ordered = ordered(candidates, by: query)
      let part =
        isAlone
        ? query.window(of: matching, anchor: ordered.firstIndex { $0.id == query.anchor })
        : 0..<query.window(of: matching, anchor: nil).upperBound
      candidates = Array(ordered[part])
      offset = part.lowerBound
    }
    let awaiters = self.awaiters()
    var snapshots: [TaskSnapshot] = []
    snapshots.reserveCapacity(candidates.count)
    for candidate in candidates {
      let awaitedBy = awaiters[candidate.id] ?? []
      switch candidate {
      case .task(let task): snapshots.append(snapshot(of: task, awaitedBy: awaitedBy))
      case .child(let child):
        if let snapshot = snapshot(of: child, awaitedBy: awaitedBy) { snapshots.append(snapshot) }
      }
    }
    return TaskListing(
      tasks: snapshots, matching: matching, total: total, consistency: consistency,
      offset: offset, omission: omission)
  }

  /// A task that can be listed: one of the library's, or a child task of Swift's own.
  private enum Candidate {
    case task(AnyRunnerTask)
    indirect case child(NativeWalk.Child)

    var id: TaskID {
      switch self {
      case .task(let task): task.id
      case .child(let child): child.id
      }
    }
  }

  /// All of them, in the order of their numbers.
  private func all(_ query: TaskQuery) -> [Candidate] {
    var all: [Candidate] = []
    all.reserveCapacity(tasks.count)
    for task in tasks where query.includesToolTasks || role(of: task) != .tool {
      all.append(.task(task))
    }
    var others: [Candidate] = natives?.children.map { .child($0) } ?? []
    if query.includesParts { others += parts.map { .task($0) } }
    return others.isEmpty ? all : (all + others).sorted { $0.id < $1.id }
  }

  private func name(of candidate: Candidate) -> String {
    switch candidate {
    case .task(let task): task.name
    case .child(let child): name(of: child)
    }
  }

  private func state(of candidate: Candidate) -> TaskState {
    switch candidate {
    case .task(let task): state(of: task)
    case .child(let child): Self.state(of: child.task)
    }
  }

  /// Orders tasks as `TaskListing.arrange` orders their pictures.
  private func ordered(_ candidates: [Candidate], by query: TaskQuery) -> [Candidate] {
    var ordered = candidates
    if query.order != .id {
      ordered = candidates.map { (key: key(of: $0, for: query.order), candidate: $0) }
        .sorted {
          ($0.key.text, $0.key.number, $0.candidate.id)
            < ($1.key.text, $1.key.number, $1.candidate.id)
        }.map(\.candidate)
    }
    return query.isReversed ? ordered.reversed() : ordered
  }

  /// What an order compares; smaller ones come first.
  private func key(
    of candidate: Candidate, for order: TaskQuery.Order
  ) -> (text: String, number: Int64) {
    switch (order, candidate) {
    case (.id, _): ("", 0)
    case (.age, .task(let task)): ("", task.createdAt)
    case (.age, .child(let child)): ("", child.firstSeen)
    case (.name, _): (name(of: candidate), 0)
    case (.state, _): (state(of: candidate).rawValue, 0)
    case (.cancels, .task(let task)): ("", -Int64(task.cancellationRequests))
    case (.cancels, .child(let child)): ("", child.task.isCancelled ? -1 : 0)
    case (.waiting, .task(let task)): ("", waitStart(of: task) ?? .max)
    case (.waiting, .child(let child)):
      ("", loop.childWaits.read(child.task.address)?.since ?? .max)
    case (.steps, .task(let task)): ("", -Int64(clamping: task.steps))
    case (.steps, .child): ("", 0)
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
    tasks += other.tasks
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
