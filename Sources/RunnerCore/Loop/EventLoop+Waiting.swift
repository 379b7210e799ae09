private import CRunnerRuntime

extension EventLoop {
  /// Suspends the calling task until `wake` or `interrupt` is called with the waiter.
  ///
  /// The one way in which every awaitable of the library waits. Must be called on the loop's thread.
  /// `shieldsChild`: a child task that was cancelled waits all the same.
  ///
  /// - Throws: `CancellationError` when the wait was interrupted.
  func wait(
    _ kind: WaitKind, detail: UInt64, site: WaitSite?, target: (any WaitTarget)? = nil,
    shieldsChild: Bool = false, register: (Waiter) -> Void
  ) async throws {
    guard let task = owningTask() else {
      let child = childWaits.begin(kind, detail: detail, since: clock.now.nanoseconds, at: site)
      defer { childWaits.end(child) }
      if shieldsChild { return await waitInShieldedChild(register: register) }
      return try await waitInChild(at: child, target: target, register: register)
    }
    let waiter = task.waiter
    waiter.park()
    task.waitTarget = target
    task.waitCell.begin(kind, detail: detail, since: clock.now.nanoseconds, at: site)
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
    await withUnsafeContinuation { waiter.continuation = $0 }
    task.waitTarget = nil
    task.waitCell.end()
    if waiter.wasInterrupted {
      target?.removeWaiter(waiter)
      throw CancellationError()
    }
  }

  /// The same for a child task that the library did not make: Swift's own cancellation reaches it.
  private func waitInChild(
    at address: UInt, target: (any WaitTarget)?, register: (Waiter) -> Void
  ) async throws {
    let owner = AnyRunnerTask.enclosing
    let waiter = Waiter(task: nil, owner: owner)
    waiter.park()
    register(waiter)
    nonisolated(unsafe) let target = target
    await withTaskCancellationHandler {
      await withUnsafeContinuation { waiter.continuation = $0 }
    } onCancel: {
      perform { [self] in cancelChild(waiter, waitingFor: target, at: address, of: owner) }
    }
    if waiter.wasInterrupted {
      target?.removeWaiter(waiter)
      throw CancellationError()
    }
  }

  private func waitInShieldedChild(register: (Waiter) -> Void) async {
    let waiter = Waiter(task: nil, owner: AnyRunnerTask.enclosing)
    waiter.park()
    register(waiter)
    await withUnsafeContinuation { waiter.continuation = $0 }
  }

  /// A number for the next `CancellationPass`.
  func nextCancellationPass() -> UInt64 {
    cancellationPasses &+= 1
    return cancellationPasses
  }

  /// Ends a wait; the task resumes in the next iteration.
  func wake(_ waiter: Waiter) {
    guard waiter.beginWaking() else { return }
    waiter.task?.setState(.ready)
    ready.append(.wake(waiter))
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
    ready.append(.wake(waiter))
    if isInstrumented, let task = waiter.task { tellWoken(task, by: .cancellation) }
  }
}
