private import CRunnerRuntime
private import Synchronization

/// Counts the interrupts of one run: those asked for by a call, and those that signals brought.
///
/// `add` may be called from any thread; the rest by the loop's owner.
struct InterruptCounter: ~Copyable, Sendable {
  private let requests = Atomic<Int32>(0)
  private let usesSignals = Atomic<Bool>(false)

  /// Notes an interrupt that a call asked for.
  func add() {
    requests.wrappingAdd(1, ordering: .sequentiallyConsistent)
  }

  /// The interrupts since the last reset.
  var count: Int32 {
    let asked = requests.load(ordering: .sequentiallyConsistent)
    return usesSignals.load(ordering: .relaxed) ? asked + runner_interrupt_count() : asked
  }

  func reset(usesSignals: Bool) {
    requests.store(0, ordering: .sequentiallyConsistent)
    self.usesSignals.store(usesSignals, ordering: .relaxed)
  }

  /// Names the descriptor that the signal handler writes to while the loop sleeps.
  func setWakeDescriptor(_ descriptor: Int32) {
    if usesSignals.load(ordering: .relaxed) { runner_interrupt_set_wake_descriptor(descriptor) }
  }
}

extension EventLoop {
  /// Whether an interrupt waits for `handleInterrupts`.
  var hasPendingInterrupt: Bool { interrupts.count > handledInterrupts }

  /// Cancels the main task that has just executed its last step for an interrupt that came meanwhile;
  /// returns whether there was one.
  func takeInterrupt(for task: AnyRunnerTask) -> Bool {
    guard mainTask === task, hasPendingInterrupt else { return false }
    handledInterrupts += 1
    task.setRequests(task.cancellationRequests + 1)
    task.note(
      CancellationPass(
        number: nextCancellationPass(), message: nil, requester: .interrupt, site: nil))
    return true
  }

  /// Begins to count anew.
  func resetInterrupts(usesSignals: Bool) {
    interrupts.reset(usesSignals: usesSignals)
    handledInterrupts = 0
  }

  /// The first interrupt cancels the main task; a further one ends the run.
  func handleInterrupts() throws {
    while hasPendingInterrupt {
      handledInterrupts += 1
      guard let mainTask else { throw RunnerInterrupted() }
      if mainTask.isDone {
        // When an earlier one has cost the result, there is nothing to tell of a later one.
        if mainTask.state != .cancelled { reportLateInterrupt(mainTask) }
      } else if handledInterrupts > 1 {
        throw RunnerInterrupted(mainIsPending: true)
      } else {
        _ = mainTask.requestCancellation(message: nil, by: .interrupt)
      }
    }
  }

  /// Tells of an interrupt that had nothing left to cancel.
  func reportLateInterrupt(_ mainTask: AnyRunnerTask) {
    report(
      LoopReport(
        message: "An interrupt came after the main task had ended; its result is kept.",
        about: mainTask))
  }

  /// Does what one Ctrl-C does; may be called from any thread.
  func interrupt() {
    interrupts.add()
    if inbox.claimWake() { selector.wake() }
  }
}
