private import CRunnerRuntime

/// Suspends the calling task, whose waiter has its job; for code that no actor isolates.
///
/// By itself, or by a hop to the executor: see `CRunnerRuntime/TaskParking.c`.
@_silgen_name("runner_park")
nonisolated(nonsending) private func sendAway(to executor: UnownedSerialExecutor) async

/// Whether no actor isolates the code that makes the call.
///
/// A function, because Swift 6.3 cannot compile the comparison inside the functions that need it.
@inline(never)
private func isFree(_ isolation: (any Actor)? = #isolation) -> Bool { isolation == nil }

extension EventLoop {
  /// Suspends the calling task until `wake` or `interrupt` is called with the waiter.
  ///
  /// The one way in which every awaitable of the library waits. Must be called on the loop's thread.
  /// `shieldsChild`: a child task that was cancelled waits all the same.
  ///
  /// - Throws: `CancellationError` when the wait was interrupted.
  ///
  /// Part of its callers: a function of its own would be one more frame for each wait.
  @inline(__always)
  func wait(
    _ kind: WaitKind, detail: UInt64, site: WaitSite?, target: (any WaitTarget)? = nil,
    shieldsChild: Bool = false, register: (Waiter) -> Void
  ) async throws {
    // The task has the waiter; references to it are not counted for each wait.
    let waiter = park(kind, detail: detail, site: site, target: target, register: register)
    if let waiter, maySendAway(waiter), isFree() {
      await sendAway(to: ParkingExecutor.unowned)
      try leaveWait(waiter, for: target)
    } else if let waiter {
      try await waitOtherwise(waiter, for: target)
    } else {
      try await waitInChild(
        kind, detail: detail, site: site, target: target, isShielded: shieldsChild,
        register: register)
    }
  }

  /// Whether a task comes back to the loop by itself, wherever its job is executed.
  @inline(__always)
  private func maySendAway(_ waiter: Unmanaged<Waiter>) -> Bool {
    adoptedCount == 0 || !(waiter._withUnsafeGuaranteedRef { $0.task } is AdoptedTask)
  }

  /// Waits by a continuation.
  @inline(never)
  private func waitOtherwise(_ waiter: Unmanaged<Waiter>, for target: (any WaitTarget)?)
    async throws
  {
    if maySendAway(waiter) {
      await waitForContinuation(waiter.takeUnretainedValue())
    } else {
      await waitHearingSwift(waiter.takeUnretainedValue())
    }
    try leaveWait(waiter, for: target)
  }

  /// Waits in code that an actor isolates.
  ///
  /// A function of its own: what a continuation needs would be part of every task's memory.
  @inline(never)
  private func waitForContinuation(_ waiter: Waiter) async {
    await withUnsafeContinuation { waiter.keep($0) }
  }

  /// Waits in a task whose maker may cancel it by Swift's handle of it.
  @inline(never)
  private func waitHearingSwift(_ waiter: Waiter) async {
    let generation = waiter.generation
    await withTaskCancellationHandler {
      await withUnsafeContinuation { waiter.keep($0) }
    } onCancel: {
      perform { [self] in
        guard passInSwift == nil, waiter.generation == generation, !waiter.isIdle else { return }
        _ = waiter.task?.requestCancellation(message: nil, by: .swift)
      }
    }
  }

  /// Lets the calling task, if it is one of the library's, be told by `register` whom to wake.
  ///
  /// A function of its own, as is all that an async function does between two suspensions: what it needs
  /// on the way would be part of the memory that every waiting task keeps.
  @inline(never)
  private func park(
    _ kind: WaitKind, detail: UInt64, site: WaitSite?, target: (any WaitTarget)?,
    register: (Waiter) -> Void
  ) -> Unmanaged<Waiter>? {
    let job = runner_current_task()
    if let current, current._withUnsafeGuaranteedRef({ $0.swiftTaskAddress }) == job {
      return current._withUnsafeGuaranteedRef {
        park($0, with: job, kind, detail: detail, site: site, target: target, register: register)
      }
    }
    guard let task = owningTask() else { return nil }
    return park(
      task, with: job, kind, detail: detail, site: site, target: target, register: register)
  }

  @inline(__always)
  private func park(
    _ task: AnyRunnerTask, with job: UInt, _ kind: WaitKind, detail: UInt64, site: WaitSite?,
    target: (any WaitTarget)?, register: (Waiter) -> Void
  ) -> Unmanaged<Waiter> {
    let reference = task.waiterReference
    reference._withUnsafeGuaranteedRef {
      $0.park(with: job)
      begin($0, of: task, kind, detail: detail, site: site, target: target, register: register)
    }
    return reference
  }

  @inline(__always)
  private func begin(
    _ waiter: Waiter, of task: AnyRunnerTask, _ kind: WaitKind, detail: UInt64, site: WaitSite?,
    target: (any WaitTarget)?, register: (Waiter) -> Void
  ) {
    task.waitTarget = target
    task.waitCell.begin(kind, detail: detail, since: nowInNanoseconds, at: site)
    task.setState(.suspended)
    if isInstrumented { tellSuspended(task, kind, detail: detail, site: site, target: target) }
    register(waiter)
    if task.mustCancel || task.hasUnheardRequest {
      (task.mustCancel, task.hasUnheardRequest) = (false, false)
      task.lastPass = nextCancellationPass()
      let pass = task.repeatedPass(number: task.lastPass)
      if !(target?.cancelFromWaiter(pass) ?? false) { interrupt(waiter) }
    }
    if task.carriesFlag { takeFlagBack(from: task) }
  }

  /// The end of a task's wait for the target, which lives until here: the task does not count its reference to it.
  @inline(__always)
  private func leaveWait(_ waiter: Unmanaged<Waiter>, for target: (any WaitTarget)?) throws {
    if leaveWait(waiter) {
      target?.removeWaiter(waiter.takeUnretainedValue())
      throw CancellationError()
    }
    withExtendedLifetime(target) {}
  }

  /// Returns whether the wait was interrupted.
  @inline(never)
  private func leaveWait(_ waiter: Unmanaged<Waiter>) -> Bool {
    waiter._withUnsafeGuaranteedRef { waiter in
      waiter.leave()
      return waiter.wasInterrupted
    }
  }

  /// The same for a child task that the library did not make.
  @inline(never)
  private func waitInChild(
    _ kind: WaitKind, detail: UInt64, site: WaitSite?, target: (any WaitTarget)?,
    isShielded: Bool, register: (Waiter) -> Void
  ) async throws {
    let child = childWaits.begin(kind, detail: detail, since: clock.now.nanoseconds, at: site)
    defer { childWaits.end(child) }
    if isShielded { return await waitInShieldedChild(register: register) }
    try await waitInChild(at: child, target: target, register: register)
  }

  /// Swift's own cancellation reaches it.
  private func waitInChild(
    at address: UInt, target: (any WaitTarget)?, register: (Waiter) -> Void
  ) async throws {
    let owner = AnyRunnerTask.enclosing
    let waiter = ChildWaiter(of: owner)
    waiter.park()
    register(waiter)
    nonisolated(unsafe) let target = target
    await withTaskCancellationHandler {
      await withUnsafeContinuation { waiter.keep($0) }
    } onCancel: {
      perform { [self] in cancelChild(waiter, waitingFor: target, at: address, of: owner) }
    }
    if waiter.wasInterrupted {
      target?.removeWaiter(waiter)
      throw CancellationError()
    }
  }

  private func waitInShieldedChild(register: (Waiter) -> Void) async {
    let waiter = ChildWaiter(of: AnyRunnerTask.enclosing)
    waiter.park()
    register(waiter)
    await withUnsafeContinuation { waiter.keep($0) }
    withExtendedLifetime(waiter) {}
  }

  /// A number for the next `CancellationPass`.
  func nextCancellationPass() -> UInt64 {
    cancellationPasses &+= 1
    return cancellationPasses
  }

  /// Ends a wait; the task resumes in the next iteration.
  func wake(_ waiter: Waiter) {
    guard waiter.beginWaking() else { return }
    waiter.noteReady()
    ready.append(.wake(.passUnretained(waiter)))
    if isInstrumented, let task = waiter.task { tellWoken(task) }
  }

  /// Ends a wait; the task resumes as soon as the present step has been executed.
  func wakeInTurn(_ waiter: Waiter) {
    guard waiter.beginWaking() else { return }
    waiter.task?.setState(.ready)
    successors.append(waiter)
    if isInstrumented, let task = waiter.task { tellWoken(task) }
  }

  /// Ends a wait with `CancellationError`, also one that has been ended and not resumed yet.
  func interrupt(_ waiter: Waiter) {
    guard waiter.interrupt() else { return }
    waiter.task?.setState(.ready)
    ready.append(.wake(.passUnretained(waiter)))
    if isInstrumented, let task = waiter.task { tellWoken(task, by: .cancellation) }
  }
}
