extension AnyRunnerTask {
  /// Requests that `CancellationError` be thrown into the task, once, at its next or present await.
  ///
  /// The request is counted, and delivered once however many came before: a task that has not begun
  /// never does; one that waits for a task or a future passes the request on to it; one that waits
  /// for something else of this library is woken with the error; one that is running gets it at its
  /// next suspension; one that waits outside of the library has its Swift task cancelled. The body
  /// may catch the error and go on. May be called from any thread. Mirrors `Task.cancel()`.
  ///
  /// - Parameter message: a reason, to be seen on the task and in its snapshots.
  /// - Returns: false when the task had ended already.
  @discardableResult
  public func cancel(message: String? = nil) -> Bool {
    if isDone { return false }
    if loop.isRunningHere { return requestCancellation(message: message) }
    loop.perform { [self] in _ = requestCancellation(message: message) }
    return true
  }

  /// Takes back one request to cancel; returns how many remain.
  ///
  /// When none remains, a request that was not delivered yet is dropped. Call it on the task's own
  /// loop. Mirrors `Task.uncancel()`.
  @discardableResult
  public func uncancel() -> Int {
    let remaining = max(0, cancellationRequests - 1)
    setRequests(remaining)
    if remaining == 0 { mustCancel = false }
    return remaining
  }

  /// The owner's part of `cancel`; returns false when the task has ended, or when it is part of a
  /// circle of tasks that is being cancelled already.
  func requestCancellation(message: String?) -> Bool {
    if isDone || isBeingCancelled { return false }
    // Follow the tasks that wait for tasks, without recursion: a chain may be long.
    var chain: [AnyRunnerTask] = []
    var last = self
    while true {
      last.isBeingCancelled = true
      chain.append(last)
      last.setRequests(last.cancellationRequests + 1, message: message)
      guard last.waiter.isParked(last.waiter.generation),
        let next = last.waitTarget as? AnyRunnerTask, !next.isDone, !next.isBeingCancelled
      else { break }
      last = next
    }
    last.deliverCancellation(message: message)
    for task in chain { task.isBeingCancelled = false }
    return true
  }

  private func deliverCancellation(message: String?) {
    if !waiter.isIdle {
      if waiter.isParked(waiter.generation), let target = waitTarget,
        target.cancelFromWaiter(message: message)
      {
        return
      }
      loop.interrupt(waiter)
    } else if isOutside {
      swiftTask?.cancel()
    } else {
      mustCancel = true
    }
  }
}
