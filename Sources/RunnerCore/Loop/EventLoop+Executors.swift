private import CRunnerRuntime
private import Synchronization

/// The loop as the preferred executor of tasks.
final class LoopTaskExecutor: TaskExecutor, @unchecked Sendable {
  /// Set once, by the loop's `init`, which nobody else can see yet; lives as long as the loop.
  var loop: Unmanaged<EventLoop>?

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop?._withUnsafeGuaranteedRef { $0.enqueueJob(.job(job)) }
  }
}

/// Where tasks are sent that begin to wait: nowhere, because their waiters have their jobs; see `EventLoop.wait`.
final class ParkingExecutor: SerialExecutor {
  static let shared = ParkingExecutor()
  static let unowned = shared.asUnownedSerialExecutor()
  /// How Swift's runtime names it as what a task waits for.
  static let address = UInt(bitPattern: Unmanaged.passUnretained(shared).toOpaque())

  func enqueue(_ job: consuming ExecutorJob) {
    runner_look_at_parked(UnownedJob(job).address)
  }
}

/// The loop as the executor of actors that choose it.
final class LoopSerialExecutor: SerialExecutor, @unchecked Sendable {
  /// Set once, by the loop's `init`, which nobody else can see yet; lives as long as the loop.
  var loop: Unmanaged<EventLoop>?

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop?._withUnsafeGuaranteedRef { $0.enqueueJob(.job(job, on: .isolated)) }
  }

  func checkIsolated() {
    let loop = loop?.takeUnretainedValue()
    precondition(
      loop?.isRunningHere == true, "This code must run on the event loop '\(loop?.name ?? "")'.")
  }

  func isIsolatingCurrentContext() -> Bool? { loop?._withUnsafeGuaranteedRef { $0.isRunningHere } }
}

extension EventLoop {
  /// The executor for an actor whose code shall run on this loop's thread.
  ///
  /// Return it from the actor's `unownedExecutor`; the loop must outlive the actor.
  public var unownedExecutor: UnownedSerialExecutor { serialExecutor.asUnownedSerialExecutor() }

  /// Queues a job; called by the Swift runtime on any thread.
  func enqueueJob(_ entry: ReadyEntry) {
    guard isRunningHere else { return enqueueFromElsewhere(entry) }
    if isCapturing {
      isCapturing = false
      captured = entry
    } else {
      noteEnqueued(entry)
      ready.append(entry)
    }
  }

  /// Queues an entry from a thread that is not the owner, and wakes the loop if it sleeps.
  func enqueueFromElsewhere(_ entry: ReadyEntry) {
    if inbox.append(entry) { selector.wake() }
  }

  /// Queues an entry; owner only.
  func enqueue(_ entry: ReadyEntry) {
    ready.append(entry)
  }

  /// Moves what other threads have handed over to the end of the ready queue.
  @inline(__always)
  func drainInbox() {
    if inbox.mayHaveEntries { takeFromInbox() }
  }

  @inline(never)
  private func takeFromInbox() {
    defer { receivesMany = ready.count > 1 }
    // With nothing to note and nothing before them, they are the ready queue.
    if ready.isEmpty, outside.isEmpty, currentJob == 0 { return inbox.takeAll(into: &ready) }
    inbox.takeAll(into: &incoming)
    while !incoming.isEmpty {
      let entry = incoming.removeFirst()
      noteEnqueued(entry)
      ready.append(entry)
    }
  }

  // MARK: Executing

  /// Executes one entry of the ready queue.
  @inline(__always)
  func execute(_ entry: consuming ReadyEntry) {
    stepStartCell.store(runner_coarse_now(), ordering: .relaxed)
    hasRequeuedItself = false
    switch entry {
    case .job(let job, let executor):
      beginStep(job)
      run(job, on: executor)
    case .wake(let waiter):
      waiter._withUnsafeGuaranteedRef { resume($0) }
    case .callback(let callback):
      make(callback)
    case .endOfRun:
      if mainTask?.isDone == true { isStopping = true }
    }
    settleCurrent()
    while !successors.isEmpty {
      resume(successors.removeFirst())
      settleCurrent()
    }
    currentJob = 0
    stepStartCell.store(0, ordering: .relaxed)
  }

  /// Whether a step or a callback is being executed by the calling thread.
  var isInStep: Bool { isRunningHere && stepStartCell.load(ordering: .relaxed) != 0 }

  /// Executes the first step of another task inside the present step or callback.
  func withinStep(_ body: () -> Void) {
    let (task, job, requeued) = (current, currentJob, hasRequeuedItself)
    let (callback, context) = (currentCallback, reportContext)
    let shown = stepTaskCell.load(ordering: .relaxed)
    (current, currentJob, hasRequeuedItself) = (nil, 0, false)
    (currentCallback, reportContext) = (nil, nil)
    body()
    settleCurrent()
    (current, currentJob, hasRequeuedItself) = (task, job, requeued)
    (currentCallback, reportContext) = (callback, context)
    stepTaskCell.store(shown, ordering: .relaxed)
  }

  /// Lets the loop be left as soon as the present entry has been executed.
  func leave(with interrupt: RunnerInterrupted) {
    departure = departure ?? interrupt
    hasDeparture = true
  }

  private func beginStep(_ job: UnownedJob) {
    currentJob = job.address
    guard !resuming.isEmpty, let task = resuming.removeValue(forKey: currentJob) else { return }
    setCurrent(task)
  }

  /// Ends a wait and executes the step that follows, both in the same turn of the queue.
  @inline(__always)
  func resume(_ waiter: Waiter) {
    guard let job = waiter.takeJob() else { return resumeByContinuation(waiter) }
    waiter.withTask { setCurrent($0) }
    currentJob = job.address
    job.runSynchronously(on: unownedTaskExecutor)
  }

  @inline(never)
  private func resumeByContinuation(_ waiter: Waiter) {
    guard let continuation = waiter.takeContinuation() else { return }
    waiter.withTask { setCurrent($0) }
    isCapturing = true
    continuation.resume()
    isCapturing = false
    guard let step = captured else { return }
    captured = nil
    switch step {
    case .job(let job, let executor):
      if adoptedCount > 0 { beginStep(job) } else { currentJob = job.address }
      run(job, on: executor)
    case .wake, .callback, .endOfRun:
      preconditionFailure("Only jobs are captured.")
    }
  }

  @inline(__always)
  private func run(_ job: UnownedJob, on executor: JobExecutor) {
    if adoptedCount > 0 { noteBegins(job) }
    switch executor {
    case .loop: job.runSynchronously(on: unownedTaskExecutor)
    case .isolated:
      job.runSynchronously(isolatedTo: unownedExecutor, taskExecutor: unownedTaskExecutor)
    case .none: job.runSynchronously(on: Self.noExecutor)
    case .main: MainActorTurn.take { job.runSynchronously(on: MainActor.sharedUnownedExecutor) }
    }
  }

  /// Swift's name for the lack of an executor: what runs there may go anywhere.
  private static let noExecutor = unsafeBitCast((0, 0), to: UnownedSerialExecutor.self)

  private func make(_ callback: ScheduledCallback) {
    guard !callback.isCancelled else { return }
    currentCallback = .passUnretained(callback)
    defer { currentCallback = nil }
    if isInstrumented { tellBegan(callback) }
    defer { if isInstrumented { tellEnded(callback) } }
    do {
      try callback()
    } catch let interrupt as RunnerInterrupted {
      leave(with: interrupt)
    } catch {
      report(LoopReport(message: "Exception in callback", error: error, about: callback))
    }
  }

  // MARK: Whose step it is

  /// Notes whose step begins; in a few instructions, where there is nothing more to note.
  @inline(__always)
  func setCurrent(_ task: AnyRunnerTask) {
    if current != nil || task.isHidden || isDebugging || isInstrumented { return beginStepOf(task) }
    task.beginStep()
    current = .passUnretained(task)
    stepTaskCell.store(task.id.number, ordering: .relaxed)
  }

  @inline(never)
  private func beginStepOf(_ task: AnyRunnerTask) {
    // One job of a default actor can execute steps of several tasks.
    settleCurrent()
    task.beginStep()
    current = .passUnretained(task)
    if isDebugging { watchedTask = watchedTask ?? task.acting }
    let shown = task.isHidden ? task.acting.id.number : task.id.number
    stepTaskCell.store(shown, ordering: .relaxed)
    if isInstrumented { tellStepBegan(of: task) }
  }

  /// Called at the start of a task's first step.
  func beginFirstStep(of task: AnyRunnerTask, at address: UInt) {
    // A task that is started at once is nobody's job yet.
    currentJob = address
    task.swiftTaskAddress = address
    setCurrent(task)
  }

  /// The task whose own Swift task is executing the call; `nil` inside a child of it.
  func owningTask() -> AnyRunnerTask? {
    callingTask?.takeUnretainedValue() ?? returningTask()
  }

  /// The same for a task that comes back from code outside of the library, whose step is not known yet.
  @inline(never)
  private func returningTask() -> AnyRunnerTask? {
    guard let task = AnyRunnerTask.enclosing, task.loop === self, !task.isDone,
      let swiftTask = task.swiftTask
    else { return nil }
    let address = unsafeBitCast(swiftTask, to: UInt.self)
    if address != currentJob {
      guard runner_current_task() == address else { return nil }
      if isServingMainQueue, currentTask !== task {
        returnToOwner(task)
        (currentJob, hasRequeuedItself) = (address, false)
        return task
      }
    }
    returnToOwner(task)
    return task
  }
}

extension UnownedJob {
  /// The address of the job, which is that of its task.
  var address: UInt { unsafeBitCast(self, to: UInt.self) }
}
