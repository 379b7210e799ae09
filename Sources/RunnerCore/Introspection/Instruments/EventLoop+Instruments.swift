private import Synchronization

extension EventLoop {
  /// Lets an instrument be told from now on what the loop does; adding it again does nothing.
  ///
  /// A step that is being executed is told of from its next event. May be called from any thread.
  /// Mirrors `trio.lowlevel.add_instrument()`.
  public func addInstrument(_ instrument: any RunnerInstrument) {
    instruments.withLock { instruments in
      guard !instruments.contains(where: { $0 === instrument }) else { return }
      instruments.append(instrument)
      instrumentedFlag.store(true, ordering: .relaxed)
    }
  }

  /// Tells an instrument no more; mirrors `trio.lowlevel.remove_instrument()`.
  ///
  /// May be called from any thread; a call that is under way on the loop's thread is finished.
  ///
  /// - Returns: whether it had been added.
  @discardableResult
  public func removeInstrument(_ instrument: any RunnerInstrument) -> Bool {
    let removed = instruments.withLock { instruments in
      let index = instruments.firstIndex { $0 === instrument }
      let removed = index.map { instruments.remove(at: $0) }
      if instruments.isEmpty { instrumentedFlag.store(false, ordering: .relaxed) }
      return removed
    }
    // The rest of a step that nobody is told of must not be taken for one of those who come later.
    if isRunningHere, !isInstrumented { beginInstrumentedPass() }
    return removed != nil
  }

  /// Whether anybody has to be told.
  @inline(__always)
  var isInstrumented: Bool { instrumentedFlag.load(ordering: .relaxed) }

  /// Tells all; owner only.
  private func tell(_ event: (any RunnerInstrument) throws -> Void) {
    if instrumentation.isTelling { return }
    instrumentation.isTelling = true
    defer { instrumentation.isTelling = false }
    for instrument in instruments.withLock({ $0 }) {
      do {
        try event(instrument)
      } catch {
        removeInstrument(instrument)
        reportSoon(
          LoopReport(
            message:
              "The instrument \(type(of: instrument)) of the loop '\(name)' has thrown an error"
              + " and was removed; add it again when it is repaired.", error: error))
      }
    }
  }

  // MARK: Tasks

  // Not part of those who call them: these would otherwise be the larger half of every step.

  /// Called by any thread.
  @inline(never)
  func tellMade(_ task: AnyRunnerTask) {
    perform { [self] in tell { try $0.taskMade(task) } }
  }

  @inline(never)
  func tellEnded(_ task: AnyRunnerTask) {
    tell { try $0.taskEnded(task) }
  }

  @inline(never)
  func tellCancellation(of task: AnyRunnerTask, _ pass: CancellationPass) {
    let request = pass.snapshot()
    tell { try $0.cancellationRequested(of: task, request) }
  }

  @inline(never)
  func tellSuspended(
    _ task: AnyRunnerTask, _ kind: WaitKind, detail: UInt64, site: WaitSite?,
    target: (any WaitTarget)?
  ) {
    // The body of a scope waits by itself; and where a generator yields, nobody waits.
    if target.isScope || (kind == .generator && task.isGenerator && target == nil) { return }
    let visible = task.acting
    let wait = TaskSuspension(
      kind, detail: detail,
      awaited: kind == .tasks || kind == .anyTask ? task.awaited?.ids ?? [] : [],
      at: clock.now.nanoseconds, site: site)
    tell { try $0.taskSuspended(visible, for: wait) }
  }

  /// Called before the task's state is that of a task that is ready.
  @inline(never)
  func tellWoken(_ task: AnyRunnerTask, by waker: TaskWaker? = nil) {
    if task.waitTarget.isScope { return }
    let visible = task.acting
    let waker = waker ?? presentWaker
    tell { try $0.taskWoken(visible, by: waker) }
  }

  private var presentWaker: TaskWaker {
    if let currentTask { return .task(currentTask.acting.id) }
    if let callback = instrumentation.callback { return .callback(callback.site) }
    return instrumentation.waker
  }

  // MARK: Steps

  @inline(never)
  func tellStepBegan(of task: AnyRunnerTask) {
    let visible = task.acting
    let isInner = instrumentation.steps.last === visible
    if instrumentation.continuesStep {
      instrumentation.continuesStep = false
      if isInner { return }
    }
    instrumentation.steps.append(visible)
    if !isInner { tell { try $0.stepBegan(of: visible) } }
  }

  @inline(never)
  func tellStepEnded(of task: AnyRunnerTask) {
    let visible = task.acting
    guard instrumentation.steps.last === visible else { return }
    // The owner of a scope goes on in the step that ends it.
    if task.isDone, let owner = task.scopeOwner, successors.first?.task === owner {
      instrumentation.continuesStep = true
      return
    }
    instrumentation.steps.removeLast()
    if instrumentation.steps.last !== visible { tell { try $0.stepEnded(of: visible) } }
  }

  @inline(never)
  func tellBegan(_ callback: ScheduledCallback) {
    instrumentation.callback = callback
    tell { try $0.callbackBegan(callback, on: self) }
  }

  @inline(never)
  func tellEnded(_ callback: ScheduledCallback) {
    instrumentation.callback = nil
    tell { try $0.callbackEnded(callback, on: self) }
  }

  // MARK: The loop

  /// Forgets what an instrument that came or went in the middle of a step has left.
  func beginInstrumentedPass() {
    instrumentation.steps.removeAll(keepingCapacity: true)
    instrumentation.continuesStep = false
    instrumentation.callback = nil
    instrumentation.waker = .outside
  }

  @inline(never)
  func tellWillWait(upTo limit: Duration?) {
    tell { try $0.loopWillWait(self, upTo: limit) }
  }

  @inline(never)
  func tellHasWaited() {
    tell { try $0.loopHasWaited(self) }
  }
}

/// What the loop's owner keeps for its instruments.
struct Instrumentation {
  /// Whether an instrument is being told: what it does is not told.
  var isTelling = false
  /// The tasks whose steps are being executed, the innermost last.
  var steps: [AnyRunnerTask] = []
  /// Whether the next step is the rest of the present one.
  var continuesStep = false
  var callback: ScheduledCallback?
  /// What wakes tasks while neither a step nor a callback is executed.
  var waker = TaskWaker.outside
}

extension Optional where Wrapped == any WaitTarget {
  fileprivate var isScope: Bool { (self as? AnyRunnerTask)?.scopeOwner != nil }
}
