extension AnyRunnerTask {
  /// Requests that `CancellationError` be thrown into the task, once, at its next or present await.
  ///
  /// The request is counted, and delivered once however many came before: a task that has not begun
  /// never does; one that waits for a task or a future passes the request on to it; one that waits
  /// for something else of this library is woken with the error; one that is running gets it at its
  /// next suspension; one that waits outside of the library has its Swift task cancelled and, if
  /// nothing there reacts to that, gets the error at its next await of the library. The body may
  /// catch the error and go on. May be called from any thread. Mirrors `Task.cancel()`.
  ///
  /// `message` is a reason, to be seen on the task and in its snapshots, as are the calling task or
  /// thread and the line. Of requests that come before the delivery the first one's message counts.
  ///
  /// - Returns: false when the task had ended already; an error of it counts as seen then. Also when it
  ///   never will end, because its loop is closed.
  @discardableResult
  public func cancel(
    message: String? = nil, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) -> Bool {
    cancel(message: message, by: .present, site: WaitSite(fileID, line, function))
  }

  /// The same at the wish of a tool's user, who has no line.
  @discardableResult
  package func cancelForTool(message: String?) -> Bool {
    cancel(message: message, by: .tool, site: nil)
  }

  func cancel(
    message: String?, by requester: CancellationSnapshot.Requester, site: WaitSite?
  ) -> Bool {
    if isDone {
      markRead()
      return false
    }
    if loop.isClosed { return false }
    if loop.isRunningHere {
      return requestCancellation(message: message, by: requester, site: site)
    }
    loop.perform { [self] in
      _ = requestCancellation(message: message, by: requester, site: site)
    }
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
    if remaining == 0 {
      (mustCancel, hasUnheardRequest) = (false, false)
      if carriesFlag, loop.currentTask === self { loop.takeFlagBack(from: self) }
    }
    // Inside a `timeout` the request stands on the scope too, which is where the body runs.
    if let scope = waitTarget as? AnyRunnerTask, scope.scopeOwner != nil { scope.uncancel() }
    return remaining
  }

  /// The owner's part of `cancel`.
  ///
  /// The code that makes the call has asked, unless the caller knows better.
  func requestCancellation(
    message: String?, by requester: CancellationSnapshot.Requester? = nil, site: WaitSite? = nil
  ) -> Bool {
    let requester = requester ?? .present
    return acceptCancellation(
      CancellationPass(
        number: loop.nextCancellationPass(), message: message, requester: requester, site: site))
  }

  /// The request that the task has accepted last, for what it waits for now.
  func repeatedPass(number: UInt64) -> CancellationPass {
    let newest = (scopeOwner == nil ? self : visible).cancellations?.newest
    return CancellationPass(
      number: number, message: cancellationMessage, requester: newest?.requester ?? .swift,
      site: newest?.site)
  }

  /// Counts a request and takes it along the tasks that wait for one another, to the last of them.
  ///
  /// A loop and not a recursion: chains are as long as there are tasks. Where a chain comes back to a
  /// task that it has been to, the wait that closes the ring is the one that is interrupted.
  func acceptCancellation(_ pass: CancellationPass) -> Bool {
    if isDone || pass.isUnderWay(lastPass) { return false }
    if lastPass >= pass.roundStart { return true }
    // What is asked of a scope alone is asked of the task whose body it runs.
    if scopeOwner != nil, visible.lastPass != pass.number { visible.note(pass) }
    var task = self
    while true {
      task.lastPass = pass.number
      let message = pass.message == nil || task.hasPendingRequest ? nil : pass.message
      if !task.isHidden { task.note(pass) }
      task.setRequests(task.cancellationRequests + 1, message: message)
      let target = task.waiter.isParked ? task.waitTarget : nil
      if let next = target as? AnyRunnerTask, !next.isDone, !pass.isUnderWay(next.lastPass) {
        if next.lastPass >= pass.roundStart { return true }
        task = next
      } else if let target, !(target is AnyRunnerTask), target.cancelFromWaiter(pass) {
        return true
      } else {
        task.deliverCancellation(pass)
        return true
      }
    }
  }

  /// Lets the task itself have the error: now, or at its next await.
  private func deliverCancellation(_ pass: CancellationPass) {
    if !hasIdleWaiter {
      loop.interrupt(waiter)
    } else if hasHeardRequest {
      // The error of an earlier request is on its way, and one is enough.
    } else if isOutside || isYielding {
      loop.cancelOutside(self, pass)
    } else {
      mustCancel = true
    }
  }
}
