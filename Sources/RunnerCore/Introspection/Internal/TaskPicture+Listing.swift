extension TaskPicture {
  /// The part of a listing that comes from this loop.
  ///
  /// Pictures of tasks are dear, so they are made only of those that can be in the answer: when this
  /// loop has all tasks, of exactly those.
  func listing(
    _ query: TaskQuery, isAlone: Bool, consistency: SnapshotConsistency
  ) -> TaskListing {
    let pattern = query.namePattern.map(NamePattern.init)
    var candidates: [AnyRunnerTask] = []
    var total = 0
    for task in tasks where query.includesToolTasks || role(of: task) != .tool {
      total += 1
      if let states = query.states, !states.contains(state(of: task)) { continue }
      if let pattern, !pattern.matches(task.name) { continue }
      candidates.append(task)
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
    let snapshots = candidates.map { snapshot(of: $0, awaitedBy: awaiters[$0.id] ?? []) }
    return TaskListing(
      tasks: snapshots, matching: matching, total: total, consistency: consistency, offset: offset)
  }

  /// Orders tasks as `TaskListing.arrange` orders their pictures.
  private func ordered(_ tasks: [AnyRunnerTask], by query: TaskQuery) -> [AnyRunnerTask] {
    // They come in the order of their numbers, in which they were made.
    var ordered = tasks
    if query.order != .id, query.order != .age {
      ordered = tasks.map { (key: key(of: $0, for: query.order), task: $0) }
        .sorted {
          ($0.key.text, $0.key.number, $0.task.id) < ($1.key.text, $1.key.number, $1.task.id)
        }.map(\.task)
    }
    return query.isReversed ? ordered.reversed() : ordered
  }

  /// What an order compares; smaller ones come first.
  private func key(
    of task: AnyRunnerTask, for order: TaskQuery.Order
  ) -> (text: String, number: Int64) {
    switch order {
    case .id, .age: ("", 0)
    case .name: (task.name, 0)
    case .state: (state(of: task).rawValue, 0)
    case .cancels: ("", -Int64(task.cancellationRequests))
    case .waiting: ("", waitStart(of: task) ?? .max)
    case .steps: ("", -Int64(clamping: task.steps))
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
