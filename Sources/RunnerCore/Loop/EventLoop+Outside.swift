private import Synchronization

/// Tasks in awaits that the library did not make: a continuation, `Task.sleep`, an actor, a stream.
///
/// The library cannot wake them. It knows them by what their steps leave behind: no wait of ours.
extension EventLoop {
  /// Notes that a task that waited outside of the library has been resumed, or has only given way.
  func noteEnqueued(_ entry: ReadyEntry) {
    guard let address = entry.jobAddress else { return }
    if address == currentJob {
      hasRequeuedItself = true
    } else if !outside.isEmpty, let task = outside.removeValue(forKey: address) {
      task.isOutside = false
      task.waitCell.end()
      task.setState(.ready)
      resuming[address] = task
      if isInstrumented { tellWoken(task) }
    }
  }

  /// Called when a task comes back from code that may have run outside of the library.
  func returnToOwner(_ task: AnyRunnerTask) {
    if current?.toOpaque() != Unmanaged.passUnretained(task).toOpaque() { setCurrent(task) }
    leaveOutside(task)
  }

  /// After a step: a task that neither ended nor waits for something of ours waits outside.
  @inline(__always)
  func settleCurrent() {
    guard let task = current else { return }
    current = nil
    if adoptedCount > 0 { return settleAdopted(task.takeUnretainedValue()) }
    task._withUnsafeGuaranteedRef {
      // Most steps end with a wait for something of ours.
      if $0.hasIdleWaiter || $0.isDone || $0.carriesFlag || isInstrumented { return settle($0) }
      stepTaskCell.store(0, ordering: .relaxed)
    }
  }

  /// Forgets whose step is being executed, at that task's end: what is left of the step is not its own.
  func letGo(of task: AnyRunnerTask) {
    guard current?.toOpaque() == Unmanaged.passUnretained(task).toOpaque() else { return }
    if isInstrumented {
      currentThatEnded = task
    } else {
      current = nil
      stepTaskCell.store(0, ordering: .relaxed)
    }
  }

  /// The same where the task may be found to have ended, and nobody else keeps it alive.
  @inline(never)
  private func settleAdopted(_ task: AnyRunnerTask) {
    withExtendedLifetime(task) { settle(task) }
  }

  @inline(never)
  private func settle(_ task: AnyRunnerTask) {
    leaveStep(of: task)
    if isInstrumented { tellStepEnded(of: task) }
    if currentThatEnded != nil { currentThatEnded = nil }
  }

  @inline(__always)
  private func leaveStep(of task: AnyRunnerTask) {
    stepTaskCell.store(0, ordering: .relaxed)
    guard !task.isDone else { return }
    if adoptedCount > 0, let adopted = task as? AdoptedTask, adopted.hasEnded {
      return adopted.end()
    }
    if task.carriesFlag { takeFlagBack(from: task) }
    guard task.hasIdleWaiter, !task.isOutside, task.swiftTaskAddress != 0 else { return }
    if hasRequeuedItself {
      task.setState(.ready)
      task.isYielding = true
      resuming[currentJob] = task
      if isInstrumented { tellWoken(task, by: .task(task.acting.id)) }
    } else {
      task.isOutside = true
      outside[task.swiftTaskAddress] = task
      task.setState(.suspended)
      task.waitCell.begin(.outside, detail: 0, since: clock.now.nanoseconds, at: nil)
      if isInstrumented { tellSuspended(task, .outside, detail: 0, site: nil, target: nil) }
    }
    if task.mustCancel {
      task.mustCancel = false
      task.lastPass = nextCancellationPass()
      cancelOutside(task, task.repeatedPass(number: task.lastPass))
    }
  }

  @inline(__always)
  private func leaveOutside(_ task: AnyRunnerTask) {
    guard task.isOutside, task.swiftTaskAddress != 0 else { return }
    task.isOutside = false
    outside[task.swiftTaskAddress] = nil
    task.waitCell.end()
  }
}
