private import CRunnerRuntime
private import Synchronization

extension EventLoop {
  /// How long a look waits for the loop to finish its step before it goes on without it.
  static let patience = Duration.milliseconds(100)

  /// Calls `look` while the loop is between two steps; if a step takes too long, beside it.
  ///
  /// May be called from any thread; `look` must only read what may be read from any thread unless
  /// it is told `.exact`.
  package func inspect<R: Sendable>(
    _ look: @escaping @Sendable (SnapshotConsistency) -> R
  ) -> R {
    // On the loop's own thread, which is then inside a step that asks about itself.
    if isRunningHere { return look(.exact) }
    let look = { @Sendable [self] (consistency: SnapshotConsistency) -> R in
      if consistency == .exact { sweepAdopted() }
      return look(consistency)
    }
    if let result = withOwnershipIfAvailable({ look(.exact) }) { return result }
    let latch = Latch()
    let answer = LockedValue<R?>(nil)
    let ticket = InspectionQueue.Ticket {
      let result = look(.exact)
      answer.withLock { $0 = result }
      latch.open()
    }
    inspections.append(ticket)
    if inbox.claimWake() { selector.wake() }
    if !latch.wait(limit: Self.patience) {
      let withdrawn = ticket.withLock { work in
        defer { work = nil }
        return work != nil
      }
      // The loop may have come to a stand just after the request was too late for it.
      if withdrawn {
        return withOwnershipIfAvailable { look(.exact) } ?? look(.sampled)
      }
      _ = latch.wait()
    }
    return answer.withLock { $0 } ?? look(.sampled)
  }

  /// A picture of the loop; see `inspect`.
  package func snapshot() -> LoopSnapshot {
    inspect { [self] consistency in
      consistency == .exact ? exactSnapshot() : stuckSnapshot()
    }
  }

  /// The same beside a step that does not end, with the place where it is.
  private func stuckSnapshot() -> LoopSnapshot {
    var snapshot = sampledSnapshot()
    guard let step = snapshot.step else { return snapshot }
    let thread = threadCell.load(ordering: .relaxed)
    let sample = ThreadSample.ofProgram(in: thread)
    // Another step may have begun meanwhile: then it is not known where this one was.
    guard stepTaskCell.load(ordering: .relaxed) == step.task?.number ?? 0,
      stepStartCell.load(ordering: .relaxed) != 0
    else { return snapshot }
    snapshot.step?.systemCall = sample.systemCall
    snapshot.step?.site =
      sample.frames.lazy.filter { !$0.isFolded }
      .compactMap { SourceSite(StackFrame($0)) }.first
    if step.task == nil, sample.isInTask {
      let children = TaskPicture(of: self, natives: .sampled).natives?.children ?? []
      let running = children.filter { $0.task.state == .running }
      // Those that run on other threads cannot be told from the one that runs here.
      if running.count == 1 { snapshot.step?.task = running[0].id }
    }
    return snapshot
  }

  private func exactSnapshot() -> LoopSnapshot {
    var snapshot = sampledSnapshot()
    snapshot.consistency = .exact
    snapshot.ready = ready.count + inbox.count
    let present = now
    let (soonest, count) = timers.live(limit: 10)
    snapshot.timerCount = count
    snapshot.timers = soonest.map { entry in
      let remaining = present.duration(to: LoopInstant(nanoseconds: entry.deadline))
      switch entry.target {
      case .waiter(let waiter, _):
        return LoopSnapshot.Timer(remaining: remaining, task: waiter.visibleTask)
      case .callback, .job: return LoopSnapshot.Timer(remaining: remaining, task: nil)
      }
    }
    snapshot.descriptors = descriptors.watched.map { number, entry in
      LoopSnapshot.Descriptor(
        number: number, watchesReading: entry.reader != nil, watchesWriting: entry.writer != nil,
        reader: entry.reader?.task, writer: entry.writer?.task)
    }
    lastPicture.withLock { [snapshot] in $0 = snapshot }
    return snapshot
  }

  /// What can be said without the loop's help; the rest is as it was last seen.
  private func sampledSnapshot() -> LoopSnapshot {
    var snapshot = lastPicture.withLock { $0 } ?? LoopSnapshot(runner: name, phase: .idle)
    let present = runner_monotonic_now()
    snapshot.consistency = .sampled
    snapshot.phase = phase
    snapshot.clock = clock.name
    snapshot.now = .nanoseconds(clock.now.nanoseconds)
    let thread = threadCell.load(ordering: .relaxed)
    snapshot.thread = thread == 0 ? nil : thread
    snapshot.iterations = iterationCell.load(ordering: .relaxed)
    snapshot.liveTasks = registry.shownCount
    snapshot.isDebugging = isDebugging
    let reader = RuntimeReader.shared
    snapshot.introspection =
      reader.reason.isEmpty ? reader.tier.rawValue : "\(reader.tier.rawValue): \(reader.reason)"
    let start = stepStartCell.load(ordering: .relaxed)
    if start > 0 {
      let task = stepTaskCell.load(ordering: .relaxed)
      snapshot.step = LoopSnapshot.Step(
        task: task == 0 ? nil : TaskID(task), elapsed: .nanoseconds(max(0, present - start)))
    } else {
      snapshot.step = nil
    }
    let waiting = waitingTimeCell.load(ordering: .relaxed)
    var running = runningTimeCell.load(ordering: .relaxed)
    let runStart = runStartCell.load(ordering: .relaxed)
    if runStart > 0 { running += present - runStart }
    snapshot.waitingTime = .nanoseconds(waiting)
    snapshot.busyTime = .nanoseconds(max(0, running - waiting))
    snapshot.threadPool = defaultExecutor?.snapshot(jobLimit: 10)
    let stepClock = self.stepClock
    snapshot.stepTimes = stepClock?.stepTimes
    snapshot.slowSteps = stepClock?.slowSteps ?? []
    snapshot.instruments = instrumentNames
    return snapshot
  }
}

extension DescriptorTable.Watcher {
  /// The task that waits, if it is one.
  fileprivate var task: TaskID? {
    guard case .waiter(let waiter, let generation) = self, waiter.isParked(generation) else {
      return nil
    }
    return waiter.visibleTask
  }
}

extension AnyRunnerTask {
  /// The task itself, or the one whose `timeout` scope it is.
  var visible: AnyRunnerTask { scopeOwner?.visible ?? self }

  /// The ended task as a picture.
  static func snapshot(
    of ended: EndedTask, runner: String, now: Int64, times: TaskTimes?
  ) -> TaskSnapshot {
    let outcome: TaskEnding.Outcome
    let state: TaskState
    switch ended.outcome {
    case .returned(let value): (outcome, state) = (.returned(value), .finished)
    case .failed(let error): (outcome, state) = (.failed(ErrorSnapshot(error)), .failed)
    case .cancelled:
      (outcome, state) = (.cancelled(message: ended.cancellationMessage?.bounded()), .cancelled)
    }
    return TaskSnapshot(
      id: ended.id, name: ended.name, runner: runner, state: state, role: ended.role,
      operation: ended.operation, creationSite: ended.creationSite, parent: ended.parent,
      age: .nanoseconds(ended.endedAt - ended.createdAt), steps: ended.steps,
      cancellationRequests: ended.cancellationRequests,
      cancellationMessage: ended.cancellationMessage,
      cancellations: ended.cancellations?.snapshots(at: now) ?? [],
      cancellationCount: ended.cancellations?.count ?? 0, times: times,
      ending: TaskEnding(
        outcome: outcome, elapsed: .nanoseconds(now - ended.endedAt), wasRead: ended.wasRead))
  }
}
