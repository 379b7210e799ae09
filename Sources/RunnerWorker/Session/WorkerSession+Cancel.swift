package import RunnerCore

extension WorkerSession {
  /// A task that was asked to end, and when it did.
  private final class Asked: Sendable {
    let id: TaskID
    let start = ContinuousClock.now
    let isLoopRunning: Bool
    let end = LockedValue<ContinuousClock.Instant?>(nil)
    /// The task as it was, and itself: the history may have forgotten it before the answer is made.
    let before: TaskSnapshot
    let task: AnyRunnerTask?

    init(_ before: TaskSnapshot, _ task: AnyRunnerTask?, isLoopRunning: Bool) {
      id = before.id
      self.before = before
      self.task = task
      self.isLoopRunning = isLoopRunning
    }

    /// What is known of an ended task without the history.
    var remembered: TaskSnapshot {
      guard let task, task.isDone else { return before }
      var snapshot = before
      snapshot.state = task.state
      snapshot.wait = nil
      snapshot.cancellationRequests = task.cancellationRequests
      snapshot.cancellationMessage = task.cancellationMessage
      // Whoever looks from here has not read the error: it is still reported when nobody does.
      let failure = task.failureSeenByTool
      let outcome: TaskEnding.Outcome =
        switch task.state {
        case .cancelled: .cancelled(message: task.cancellationMessage)
        case .failed:
          .failed(
            failure.error.map { ErrorSnapshot($0) } ?? ErrorSnapshot(type: "Error", message: ""))
        default: .returned(nil)
        }
      snapshot.ending = TaskEnding(outcome: outcome, elapsed: .zero, wasRead: failure.wasRead)
      return snapshot
    }
  }

  package func cancel(_ request: CancelRequest) throws -> [CancelOutcome] {
    var ids: [TaskID] = []
    var snapshots: [TaskID: TaskSnapshot] = [:]
    for id in request.tasks {
      let task = try task(id)
      snapshots[id] = task
      if let owner = try owner(ofChild: task) {
        // It ends with its task.
        if request.tasks.contains(owner.id) { continue }
        throw Self.cannotBeAskedAlone(task, "cancelled", owner, "cancel")
      }
      let family = request.includesChildren ? loop(ofLive: id)?.1.descendants(of: id) : nil
      for member in family ?? [id] where !ids.contains(member) {
        ids.append(member)
        if member != id { snapshots[member] = try self.task(member) }
      }
    }
    // All are looked for before any is asked: the first request may end the others at once.
    let live = ids.compactMap { id in snapshots[id].map { ($0, loop(ofLive: id)) } }
    let asked = try live.map { try ask($0, $1, request.message) }
    try waitForEnds(of: asked.compactMap { $0.isLoopRunning ? $0 : nil }, limit: request.limit)
    return try asked.map(outcome)
  }

  /// The task that a child task is a part of; `nil` for a task of the library's.
  ///
  /// - Throws: `RunnerError` when that one is not listed.
  func owner(ofChild task: TaskSnapshot) throws -> TaskSnapshot? {
    guard task.role == .child, task.state.isLive else { return nil }
    var owner = task
    while owner.role == .child {
      guard let parent = owner.parent else {
        throw RunnerError(
          .invalidState,
          "Task \(task.id) (\(task.name)) is a child that Swift made inside of a generator's coroutine:"
            + " it ends with that one, and nothing else can be asked of it.")
      }
      owner = try self.task(parent)
    }
    return owner
  }

  /// The error of what only the task can be asked that a child is a part of.
  static func cannotBeAskedAlone(
    _ child: TaskSnapshot, _ what: String, _ owner: TaskSnapshot, _ command: String
  ) -> RunnerError {
    RunnerError(
      .invalidState,
      "Task \(child.id) (\(child.name)) is a child that Swift made inside of task \(owner.id)"
        + " (\(owner.name)), and cannot be \(what) alone: '\(command) \(owner.id)' means both.")
  }

  private func ask(
    _ before: TaskSnapshot, _ live: (RunnerHost, EventLoop, AnyRunnerTask)?, _ message: String?
  ) throws -> Asked {
    guard let (host, loop, task) = live else {
      let asked = Asked(before, nil, isLoopRunning: false)
      asked.end.withLock { $0 = asked.start }
      return asked
    }
    if loop.isClosed {
      throw RunnerError(
        .closed,
        "Task \(before.id) (\(task.name)) belongs to the closed runner '\(loop.name)': it never goes on."
      )
    }
    let willRun = loop.isRunning || host.snapshot().isStarted
    let asked = Asked(before, task, isLoopRunning: willRun)
    task.cancelForTool(message: message)
    return asked
  }

  private func waitForEnds(of asked: [Asked], limit: Duration) throws {
    let latch = Latch()
    let remaining = LockedValue(asked.count)
    for one in asked {
      guard let (_, loop, task) = loop(ofLive: one.id) else {
        one.end.withLock { $0 = .now }
        if remaining.withLock({
          $0 -= 1; return $0 == 0
        }) {
          latch.open()
        }
        continue
      }
      loop.observeEnd(of: task) {
        one.end.withLock { $0 = .now }
        if remaining.withLock({
          $0 -= 1; return $0 == 0
        }) {
          latch.open()
        }
      }
    }
    if !asked.isEmpty { try waitRoom.wait(for: latch, limit: limit) }
  }

  private func outcome(of asked: Asked) throws -> CancelOutcome {
    let snapshot = (try? task(asked.id)) ?? asked.remembered
    guard let end = asked.end.withLock({ $0 }), let ending = snapshot.ending else {
      return CancelOutcome(
        result: asked.isLoopRunning ? .ignored(for: .now - asked.start) : .requestedOnly,
        task: snapshot)
    }
    // A step that never came to an await, and ended, was not asked.
    if !asked.isLoopRunning || snapshot.cancellationRequests == 0 {
      return CancelOutcome(result: .alreadyEnded, task: snapshot)
    }
    if case .cancelled = ending.outcome {
      return CancelOutcome(result: .cancelled(after: end - asked.start), task: snapshot)
    }
    return CancelOutcome(
      result: .ended(ending.outcome, after: end - asked.start), task: snapshot)
  }
}
