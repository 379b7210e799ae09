/// Looks at runners of this process.
///
/// A runner is listed from `add` until the inspector goes; the inspector keeps it.
public final class LocalInspector: RunnerInspector {
  private let listed: LockedValue<[Runner]>

  /// Creates an inspector of these runners.
  public init(_ runners: [Runner] = []) {
    listed = LockedValue(runners)
  }

  /// Lists a runner from now on; may be called from any thread.
  public func add(_ runner: Runner) {
    listed.withLock { $0.append(runner) }
  }

  /// The runner that has this name; the newest one when a closed one had it before.
  ///
  /// - Throws: `RunnerError.notFound`.
  public func runner(named name: String) throws -> Runner {
    let runner = listed.withLock { $0.last { $0.name == name } }
    guard let runner else {
      throw RunnerError(.notFound, "There is no runner '\(name)'; 'runners' lists those there are.")
    }
    return runner
  }

  public func runners() throws -> [RunnerSnapshot] {
    current().map { $0.snapshot() }
  }

  public func tasks(_ query: TaskQuery) throws -> TaskListing {
    // The tasks of a closed loop never go on: they are listed only for who names their runner.
    let loops = try loops(of: query.runner).filter { query.runner != nil || !$0.isClosed }
    let isAlone = loops.count == 1
    var listing = TaskListing(tasks: [], matching: 0, total: 0)
    for loop in loops {
      let part = loop.inspect { consistency in
        TaskPicture(of: loop, natives: consistency).listing(
          query, isAlone: isAlone, consistency: consistency)
      }
      if isAlone { return part }
      listing.add(part)
    }
    if !isAlone { listing.arrange(by: query) }
    return listing
  }

  public func task(_ id: TaskID) throws -> TaskSnapshot {
    for loop in try loops(of: nil) {
      if let snapshot = loop.snapshot(of: id) { return snapshot }
    }
    throw RunnerError(.notFound, "There is no task \(id); 'ps' lists the live ones.")
  }

  public func history(_ query: TaskQuery) throws -> TaskListing {
    var listing = TaskListing(tasks: [], matching: 0, total: 0)
    let pattern = query.namePattern.map(NamePattern.init)
    var all: [(TaskSnapshot, endedAt: Int64)] = []
    var remembered = 0
    for loop in try loops(of: query.runner) {
      let now = loop.clock.now.nanoseconds
      let stepClock = loop.stepClock
      let (tasks, total) = loop.registry.history()
      listing.total += total
      remembered += tasks.count
      for ended in tasks {
        let snapshot = AnyRunnerTask.snapshot(
          of: ended, runner: loop.name, now: now, times: stepClock?.times(of: ended.id))
        guard query.states?.contains(snapshot.state) ?? true,
          pattern?.matches(snapshot.name) ?? true
        else { continue }
        all.append((snapshot, now - ended.endedAt))
      }
    }
    listing.matching = all.count
    listing.remembered = remembered
    all.sort { $0.endedAt > $1.endedAt }
    listing.tasks = all.suffix(max(0, query.limit ?? all.count)).map(\.0)
    return listing
  }

  public func loop(of runner: String) throws -> LoopSnapshot {
    let found = try self.runner(named: runner)
    guard let loop = found.existingLoop else {
      throw RunnerError(
        .notFound, "The runner '\(runner)' has no loop yet; 'start \(runner)' makes it.")
    }
    return loop.snapshot()
  }

  public func stack(of task: TaskID) throws -> TaskStack {
    for loop in try loops(of: nil) {
      if let stack = loop.stack(of: task) { return stack }
    }
    throw RunnerError(.notFound, "There is no task \(task); 'ps' lists the live ones.")
  }

  public func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    switch owner {
    case .runner(let name):
      let context = try runner(named: name).existingContext
      return ContextSnapshot(owner: owner, entries: context?.value.snapshotEntries ?? [])
    case .task(let id):
      for loop in try loops(of: nil) {
        if let task = loop.registry.liveTask(id) {
          return ContextSnapshot(
            owner: owner, entries: task.ownContextValue.snapshotEntries, locals: loop.locals(of: id)
          )
        }
        if loop.childNumbers.child(id) != nil, try self.task(id).state.isLive {
          return ContextSnapshot(owner: owner, entries: [], locals: loop.locals(of: id))
        }
      }
      throw RunnerError(.notFound, "There is no live task \(id); 'ps' lists them.")
    }
  }

  /// The runners, without a closed one whose name another has taken.
  private func current() -> [Runner] {
    let all = listed.withLock { $0 }
    return all.enumerated().filter { index, runner in
      !all[(index + 1)...].contains { $0.name == runner.name }
    }.map(\.element)
  }

  private func loops(of name: String?) throws -> [EventLoop] {
    guard let name else { return current().compactMap(\.existingLoop) }
    return try [runner(named: name)].compactMap(\.existingLoop)
  }
}

extension EventLoop {
  /// A picture of a live or recently ended task; may be called from any thread.
  package func snapshot(of id: TaskID) -> TaskSnapshot? {
    guard registry.knows(id) || childNumbers.child(id) != nil else { return nil }
    return inspect { [self] consistency in
      let picture = TaskPicture(of: self, natives: consistency)
      let task = registry.liveTask(id)?.visible
      let awaitedBy = picture.awaiters(of: [task?.id ?? id])
      if let task {
        return picture.snapshot(of: task, awaitedBy: awaitedBy[task.id] ?? [])
      }
      if let child = picture.natives?.children.first(where: { $0.id == id }) {
        return picture.snapshot(of: child, awaitedBy: awaitedBy[id] ?? [])
      }
      guard let ended = registry.ended().last(where: { $0.id == id }) else { return nil }
      return AnyRunnerTask.snapshot(
        of: ended, runner: name, now: clock.now.nanoseconds, times: stepClock?.times(of: id))
    }
  }
}
