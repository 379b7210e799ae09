private import CRunnerRuntime
private import Glibc
private import Synchronization

extension EventLoop {
  /// What the loop is doing; may be asked from any thread.
  public var phase: LoopPhase {
    switch phaseCell.load(ordering: .acquiring) {
    case PhaseCode.running: .running
    case PhaseCode.waiting: .waiting
    case PhaseCode.closed: .closed
    default: .idle
    }
  }

  /// `LoopPhase` as it stands in the atomic cell.
  private enum PhaseCode {
    static let idle: UInt8 = 0
    static let running: UInt8 = 1
    static let waiting: UInt8 = 2
    static let closed: UInt8 = 3
  }

  /// Whether some thread is inside one of the run functions.
  public var isRunning: Bool { phase == .running || phase == .waiting }

  /// Runs until `stop()` is called; mirrors `loop.run_forever()`.
  ///
  /// Runs on the calling thread and blocks it. After a `stop()` that came before, it makes one
  /// iteration without waiting.
  ///
  /// - Throws: `RunnerError` when the loop is closed or running, or another loop runs in this thread;
  ///   `RunnerInterrupted` after an interrupt.
  public func runForever() throws {
    try whileRunning { try turnUntilStopped() }
  }

  /// Runs until the task has ended and returns its value; mirrors `loop.run_until_complete()`.
  ///
  /// Runs on the calling thread and blocks it.
  ///
  /// - Throws: the task's error; `RunnerError.stopped` when `stop()` came first; otherwise as
  ///   `runForever`.
  public func runUntilComplete<Success>(_ task: RunnerTask<Success>) throws -> Success {
    guard task.loop === self else {
      throw RunnerError(
        .foreignLoop, "Task \(task.id) (\(task.name)) is attached to a different loop.")
    }
    return try whileRunning {
      try turnUntilDone(task)
      return try task.outcome()
    }
  }

  /// Stops at the end of the present iteration, or of the first one when the loop stands still.
  ///
  /// May be called from any thread. Mirrors `loop.stop()`.
  public func stop() {
    perform { [self] in isStopping = true }
  }

  /// Closes the loop for good and drops what is queued; mirrors `loop.close()`.
  ///
  /// Closing again does nothing.
  ///
  /// - Throws: `RunnerError.alreadyRunning` while the loop runs.
  public func close() throws {
    if isClosed { return }
    let (isIdle, _) = phaseCell.compareExchange(
      expected: PhaseCode.idle, desired: PhaseCode.closed, ordering: .acquiringAndReleasing)
    guard isIdle else {
      if isClosed { return }
      throw RunnerError(.alreadyRunning, "Cannot close a running event loop.")
    }
    withOwnership {
      ready.removeAll()
      inbox.takeAll(into: &incoming)
      incoming.removeAll()
      timers.removeAll()
      releaseTimers()
      descriptors.removeAll()
      removeSignalHandlers()
      selector.close()
    }
    abandonDefaultPool()
    registry.abandonObservers()
  }

  // MARK: Running

  /// Makes the calling thread run the loop while `body` turns it.
  func whileRunning<R>(_ body: () throws -> R) throws -> R {
    try checkOpen()
    if runner_current_loop() != nil, !isRunningHere {
      throw RunnerError(
        .insideRunningLoop, "Cannot run the event loop while another loop is running.")
    }
    let (wasIdle, _) = phaseCell.compareExchange(
      expected: PhaseCode.idle, desired: PhaseCode.running, ordering: .acquiringAndReleasing)
    guard wasIdle else {
      try checkOpen()
      throw RunnerError(.alreadyRunning, "This event loop is already running.")
    }
    defer { phaseCell.store(PhaseCode.idle, ordering: .releasing) }
    return try withOwnership {
      threadCell.store(runner_thread_id(), ordering: .relaxed)
      beginServingMainQueue()
      let start = runner_monotonic_now()
      runStartCell.store(start, ordering: .relaxed)
      defer {
        runStartCell.store(0, ordering: .relaxed)
        runningTimeCell.wrappingAdd(runner_monotonic_now() - start, ordering: .relaxed)
        threadCell.store(0, ordering: .relaxed)
        // A look from another thread that came too late to be served by an iteration.
        if inspections.isRequested { inspections.serve() }
      }
      return try body()
    }
  }

  /// Runs while `condition` holds; it is asked after each iteration and after `nudge`.
  ///
  /// For a tool that shares the loop's thread with other work.
  ///
  /// - Throws: as `runForever`.
  package func run(while condition: () -> Bool) throws {
    try whileRunning {
      resetInterrupts(usesSignals: false)
      defer { isStopping = false }
      while condition(), !isStopping {
        try turn()
        try handleInterrupts()
      }
    }
  }

  /// Wakes the loop if it waits, so that `run(while:)` asks again; may be called from any thread.
  package func nudge() {
    nudged.store(true, ordering: .sequentiallyConsistent)
    if inbox.claimWake() { selector.wake() }
  }

  func turnUntilStopped() throws {
    defer { isStopping = false }
    repeat {
      try turn()
      if hasPendingInterrupt { try handleInterrupts() }
    } while !isStopping
  }

  /// Runs until the task has ended and one more iteration, as asyncio does.
  func turnUntilDone(_ task: AnyRunnerTask) throws {
    let previous = mainTask
    mainTask = task
    defer { mainTask = previous }
    if task.isDone { isStopping = true }
    // An interrupt that came before the first step: the body never begins.
    try handleInterrupts()
    try turnUntilStopped()
    guard task.isDone else {
      throw RunnerError(.stopped, "Event loop stopped before Future completed.")
    }
  }

  // MARK: One iteration

  /// Makes one pass: waits for events, then executes all that was ready before it began executing.
  func turn() throws {
    if isInstrumented { beginInstrumentedPass() }
    if inspections.isRequested { inspections.serve() }
    drainInbox()
    if servesMainQueue { try serveMainQueue() }
    if ready.isEmpty || !descriptors.isEmpty { try poll() }
    drainInbox()
    if timers.count > 0 { wakeDueTimers() }
    iterationCell.store(iterationCell.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
    var remaining = ready.count
    if remaining > 0 { hasWorkedSinceStall = true }
    while remaining > 0 {
      remaining &-= 1
      if remaining > ReadyEntry.crowd {
        ready.look(at: 8) { $0.fetchEarly() }
        ready.look(at: 4) { $0.fetchLate() }
      }
      if isDebugging { executeWatched(ready.removeFirst()) } else { execute(ready.removeFirst()) }
      if hasDeparture { try depart() }
      if inspections.isRequested { inspections.serve() }
    }
    if timers.hasGivenUp { releaseTimers() }
    if mayHaveEnded { sweepAdopted() }
    if hasLateReports.load(ordering: .relaxed) { deliverLateReports() }
  }

  /// Leaves the loop with what a callback or a task has thrown for that.
  @inline(never)
  func depart() throws {
    hasDeparture = false
    defer { departure = nil }
    if let departure { throw departure }
  }

  /// Waits when nothing is ready; otherwise only looks, and only when there is something to look at.
  private func poll() throws {
    var timeout: Duration? = .zero
    if ready.isEmpty, !isStopping, !hasPendingInterrupt {
      timeout = timers.nextDeadline().map {
        .nanoseconds(max(0, $0.addingSaturated(-clock.now.nanoseconds)))
      }
    } else if descriptors.isEmpty {
      return
    }
    if threadWaits > 0 {
      if timeout != .zero, selector is VirtualSelector { timeout = nil }
    } else if timeout == nil, descriptors.isEmpty, hasWorkedSinceStall, !inbox.mayHaveEntries {
      hasWorkedSinceStall = false
      stallHandler?()
      if !ready.isEmpty { return }
    }
    if timeout == .zero {
      if !descriptors.isEmpty { try collectEvents(upTo: .zero) }
      return
    }
    if receivesMany, expectsMore() { return }
    // Announce the sleep, then look once more: see `Inbox`.
    let wakeDescriptor = try selector.prepareToSleep()
    if servesMainQueue, mainQueueDescriptor < 0 { try watchMainQueue() }
    interrupts.setWakeDescriptor(wakeDescriptor)
    inbox.announceSleep(true)
    defer {
      inbox.announceSleep(false)
      interrupts.setWakeDescriptor(-1)
    }
    if inbox.mayHaveEntries || hasPendingInterrupt || inspections.isRequested { return }
    if nudged.exchange(false, ordering: .sequentiallyConsistent) { return }
    if isInstrumented { tellWillWait(upTo: timeout) }
    phaseCell.store(PhaseCode.waiting, ordering: .releasing)
    let start = runner_monotonic_now()
    defer {
      waitingTimeCell.wrappingAdd(runner_monotonic_now() - start, ordering: .relaxed)
      phaseCell.store(PhaseCode.running, ordering: .releasing)
      if isInstrumented { tellHasWaited() }
    }
    try collectEvents(upTo: timeout)
  }

  /// Looks for a moment whether the threads that hand things over one after the other hand over more.
  ///
  /// As long as it takes to sleep and to be woken, which both sides pay for. A thread that hands one thing over
  /// and waits for the answer would only be held up.
  @inline(never)
  private func expectsMore() -> Bool {
    receivesMany = false
    guard Self.hasOtherProcessors, systemClock else { return false }
    let end = runner_monotonic_now() &+ 2_000
    repeat {
      for _ in 0..<8 {
        if inbox.mayHaveEntries || hasPendingInterrupt { return true }
        runner_relax()
      }
    } while runner_monotonic_now() < end
    return false
  }

  private static let hasOtherProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

  private func collectEvents(upTo timeout: Duration?) throws {
    events.removeAll(keepingCapacity: true)
    try selector.wait(upTo: timeout, into: &events)
    for event in events {
      if event.descriptor == mainQueueDescriptor { try answerMainQueue() } else { dispatch(event) }
    }
  }
}
