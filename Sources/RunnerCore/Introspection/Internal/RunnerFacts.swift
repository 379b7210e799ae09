/// All that an explanation is made from: pictures of one runner, its loop and its tasks.
struct RunnerFacts {
  /// How many tasks are looked at together.
  static let taskLimit = 10_000
  /// How many more are looked at one by one, when there are more.
  static let lookUpLimit = 100
  /// From which time on a step is what holds up the loop, not what loops do all day.
  static let blockedAfter = Duration.milliseconds(100)

  let runner: RunnerSnapshot
  let loop: LoopSnapshot?
  let graph: AwaitGraph
  private let listing: TaskListing
  private let find: (TaskID) -> TaskSnapshot?

  /// Takes the pictures; `find` looks for a task that the listing left out.
  init(
    runner: RunnerSnapshot, loop: LoopSnapshot?, listing: TaskListing,
    find: @escaping (TaskID) -> TaskSnapshot?
  ) {
    self.runner = runner
    self.loop = loop
    self.listing = listing
    self.find = find
    graph = AwaitGraph(listing.tasks)
  }

  /// Whether every live task of the runner was looked at.
  private var isComplete: Bool { listing.tasks.count >= listing.matching }

  private var consistency: SnapshotConsistency {
    loop?.consistency == .sampled ? .sampled : listing.consistency
  }

  func explanation(of task: TaskSnapshot) -> Explanation {
    var explanation = Explanation(
      subject: .task(task.id), runner: runner.name, loop: loopState, liveTasks: runner.liveTasks,
      endedTasks: runner.endedTasks, consistency: consistency)
    follow(task, into: &explanation)
    return explanation
  }

  /// Explains the runner: by its main task or, when nothing can go on, by one that stands for all.
  func explanation() -> Explanation {
    var explanation = Explanation(
      subject: .runner(runner.name), runner: runner.name, loop: loopState,
      liveTasks: runner.liveTasks, endedTasks: runner.endedTasks, consistency: consistency)
    if let task = runner.mainTask.flatMap({ graph.tasks[$0] ?? find($0) }), task.state.isLive {
      follow(task, into: &explanation)
    }
    if explanation.cycle == nil, let cycle = graph.cycles.first {
      explanation.links = []
      if let task = graph.tasks[cycle[0]] { follow(task, into: &explanation) }
    }
    if let cycle = explanation.cycle.map(Set.init) {
      explanation.otherCycles = graph.cycles.filter { Set($0) != cycle }
    }
    if explanation.links.isEmpty, explanation.loop == .stalled,
      let task = graph.roots.first.flatMap({ graph.tasks[$0] })
    {
      follow(task, into: &explanation)
    }
    return explanation
  }

  // MARK: The loop

  private var loopState: Explanation.LoopState {
    guard runner.phase != .closed, loop?.phase != .closed else { return .closed }
    guard let loop, runner.phase == .initialized else { return .notMade }
    if let step = loop.step, step.elapsed >= Self.blockedAfter {
      let task = step.task.flatMap { graph.tasks[$0] ?? find($0) }
      return .blocked(by: step, name: task?.name ?? "")
    }
    if runner.liveTasks == 0, loop.ready == 0, loop.timerCount == 0, loop.descriptors.isEmpty {
      return .empty
    }
    if loop.phase == .idle { return .standing }
    if loop.step != nil || loop.ready > 0 { return .busy(queued: loop.ready) }
    // Several pictures, one after the other: a task that can go on tells more than the loop.
    if listing.tasks.contains(where: { [.created, .ready, .running].contains($0.state) }) {
      return .busy(queued: loop.ready)
    }
    if let timer = loop.timers.first {
      return .timer(remaining: timer.remaining, task: timer.task)
    }
    if loop.timerCount > 0 { return .waiting }
    if !loop.descriptors.isEmpty { return .descriptors(loop.descriptors.map(\.number)) }
    return stateWithoutTimers
  }

  private var stateWithoutTimers: Explanation.LoopState {
    var (threads, outside, isKnown) = (0, 0, isComplete)
    for task in listing.tasks {
      switch task.wait?.subject {
      case .outside: outside += 1
      case .object(.executor, _, _): threads += 1
      // The generator's own code may wait for anything.
      case .object(.generator, _, _), .timer, .nextIteration, .readable, .writable, nil:
        isKnown = false
      default: break
      }
    }
    if threads > 0 { return .threads(tasks: threads) }
    if outside > 0 { return .outside(tasks: outside) }
    return isKnown && consistency == .exact ? .stalled : .waiting
  }

  // MARK: The chain

  private func follow(_ first: TaskSnapshot, into explanation: inout Explanation) {
    var links: [Explanation.Link] = []
    var places: [TaskID: Int] = [:]
    var lookUps = 0
    var next: TaskSnapshot? = first
    while let task = next {
      next = nil
      places[task.id] = links.count
      let (reason, following) = step(from: task)
      var link = Explanation.Link(task, reason)
      if reason == .running, let step = loop?.step, step.task == task.id { link.site = step.site }
      links.append(link)
      guard let following else { break }
      if let start = places[following] {
        // Of a wait for one of several tasks another one may be the first to end.
        guard graph.doomed.contains(following) || !links[start...].contains(where: \.hasChoice)
        else { break }
        explanation.cycle = AwaitWalk.fromLowest(links[start...].map(\.task))
      } else if let listed = graph.tasks[following] {
        next = listed
      } else if lookUps < Self.lookUpLimit {
        lookUps += 1
        if let found = find(following) {
          next = found
        } else {
          links.append(Explanation.Link(task: following, name: "", reason: .unknown))
        }
      } else {
        links.append(Explanation.Link(task: following, name: "", reason: .unknown))
      }
    }
    explanation.omittedLinks = max(0, links.count - Explanation.linkLimit)
    if explanation.omittedLinks > 0, let last = links.last {
      links = links.prefix(Explanation.linkLimit - 1) + [last]
    }
    explanation.links = links
  }

  /// Why a task does not go on, and the task that this depends on.
  private func step(from task: TaskSnapshot) -> (Explanation.Reason, TaskID?) {
    switch task.state {
    case .created: return (.created, nil)
    case .ready: return (.ready, nil)
    case .running: return (.running, nil)
    case .finished, .failed, .cancelled: return (.ended(task.ending), nil)
    case .suspended: break
    }
    switch task.wait?.subject {
    case .nextIteration: return (.nextIteration, nil)
    case .timer(let remaining): return (.timer(remaining: remaining), nil)
    case .task(let other): return (.task(other), other)
    case .tasks(let others): return tasks(others)
    case .anyTask(let others):
      let next =
        others.compactMap { graph.tasks[$0] }.min { isFaster($0, than: $1) }?.id
        ?? others.first
      return (.anyTask(count: others.count, next: next), next)
    case .future(let number, let label):
      let waiting = count { if case .future(number, _) = $0 { true } else { false } }
      return (.future(number: number, label: label, waiting: waiting), nil)
    case .object(.lock, let number, let label):
      let holder = task.wait?.holder
      return (.lock(number: number, label: label, holder: holder), holder?.task)
    case .object(.executor, let number, let label):
      return (.work(pool: number, label: label, task.wait?.work), nil)
    case .object(let object, let number, let label):
      return (
        .object(object, number: number, label: label, crowd: crowd(object, number)), nil
      )
    case .readable(let descriptor): return (.readable(descriptor: descriptor), nil)
    case .writable(let descriptor): return (.writable(descriptor: descriptor), nil)
    case .outside(let what): return (.outside(what), nil)
    case nil: return (.unknown, nil)
    }
  }

  private func tasks(_ awaited: [TaskID]) -> (Explanation.Reason, TaskID?) {
    let left = awaited.compactMap { graph.tasks[$0] }
    let next = left.max { rank($0) < rank($1) }?.id ?? (isComplete ? nil : awaited.first)
    return (
      .tasks(count: awaited.count, left: isComplete ? left.count : nil, next: next), next
    )
  }

  /// The higher, the more a task holds up those that wait for several.
  ///
  /// In a circle, for anything but time, for the longest time, ready; of equals, the lowest one.
  private func rank(_ task: TaskSnapshot) -> Rank {
    let order = UInt64.max - task.id.number
    if graph.doomed.contains(task.id) { return Rank(level: 3, order: order) }
    switch task.wait?.subject {
    case .timer(let remaining): return Rank(level: 1, remaining: remaining, order: order)
    case .nextIteration, nil: return Rank(level: 0, order: order)
    default: return Rank(level: 2, order: order)
    }
  }

  /// Whether the first task holds up less than the other one; of equals, the lower one.
  private func isFaster(_ task: TaskSnapshot, than other: TaskSnapshot) -> Bool {
    let (rank, otherRank) = (rank(task), rank(other))
    return (rank.level, rank.remaining, task.id) < (otherRank.level, otherRank.remaining, other.id)
  }

  private struct Rank: Comparable {
    var level: Int
    var remaining = Duration.zero
    var order: UInt64

    static func < (left: Rank, right: Rank) -> Bool {
      (left.level, left.remaining, left.order) < (right.level, right.remaining, right.order)
    }
  }

  /// How many tasks wait for something; not known unless all were looked at.
  private func count(_ matches: (WaitSnapshot.Subject) -> Bool) -> Int? {
    guard isComplete else { return nil }
    return listing.tasks.count { task in task.wait.map { matches($0.subject) } ?? false }
  }

  private func crowd(_ object: WaitedObject, _ number: UInt64) -> Explanation.Crowd? {
    func tasks(_ wanted: WaitedObject) -> Int? {
      count { if case .object(wanted, number, _) = $0 { true } else { false } }
    }
    let opposite: WaitedObject? =
      switch object {
      case .queueItem: .queueSpace
      case .queueSpace: .queueItem
      default: nil
      }
    guard let waiting = tasks(object), let others = opposite.map(tasks) ?? 0 else { return nil }
    return Explanation.Crowd(waiting: waiting, opposite: others)
  }
}

extension Explanation.Link {
  /// Whether it waits for any of several tasks.
  fileprivate var hasChoice: Bool { if case .anyTask = reason { true } else { false } }
}
