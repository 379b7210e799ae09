/// Requests to cancel where only Swift can deliver them: its flag, and the handlers of child tasks.
extension EventLoop {
  /// Lets a task that waits outside, or has given way there, have Swift's cancellation.
  ///
  /// What reacts to it does so at once. If it is not what the task waits for (a continuation, a hop, a
  /// child that it does not await), the task's next await of the library delivers the request.
  func cancelOutside(_ task: AnyRunnerTask, _ pass: CancellationPass) {
    let awaited = AwaitedChildren(of: task)
    let queued = ready.count
    let outer = (passInSwift, childrenThatHeard)
    (passInSwift, childrenThatHeard) = (pass, [])
    task.swiftTask?.cancel()
    let heard = childrenThatHeard
    (passInSwift, childrenThatHeard) = outer
    task.carriesFlag = takesFlagsBack && CancellationFlag.canClear
    let hasReacted = awaited?.haveReacted(heard) ?? (!heard.isEmpty || ready.count != queued)
    if hasReacted { task.hasHeardRequest = true } else { task.hasUnheardRequest = true }
  }

  /// Lets a child task that waits for something of ours have Swift's cancellation.
  ///
  /// `address` is the child's, `owner` the task in which it was made. The request is that of the owner
  /// which Swift is passing on, or else one of Swift's own: a group's `cancelAll()`, the end of a scope,
  /// or an earlier request that the child hears of now that it awaits.
  func cancelChild(
    _ waiter: Waiter, waitingFor target: (any WaitTarget)?, at address: UInt,
    of owner: AnyRunnerTask?
  ) {
    if waiter.isIdle { return }
    let pass: CancellationPass
    if let passInSwift {
      childrenThatHeard.insert(address)
      pass = passInSwift.continued(as: nextCancellationPass())
    } else {
      if let owner, owner.hasUnheardRequest, AwaitedChildren(of: owner)?.contains(address) == true {
        (owner.hasUnheardRequest, owner.hasHeardRequest) = (false, true)
      }
      pass = CancellationPass(
        number: nextCancellationPass(), message: nil, requester: .swift, site: nil)
    }
    if waiter.isParked, target?.cancelFromWaiter(pass) ?? false { return }
    interrupt(waiter)
  }

  /// Takes back the flag that `cancelOutside` has set, once the request was delivered.
  ///
  /// Called when a step ends or awaits something of ours: the code that was cancelled has run.
  func takeFlagBack(from task: AnyRunnerTask) {
    guard !task.hasUnheardRequest, let swiftTask = task.swiftTask else { return }
    task.carriesFlag = false
    CancellationFlag.clear(swiftTask)
  }
}
