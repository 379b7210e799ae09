private import CRunnerRuntime

/// Jobs of plain Swift, which the program's executors hand over.
extension EventLoop {
  /// Executes a step of a task that prefers no executor; may be called from any thread.
  package func executePlain(_ job: UnownedJob) {
    adopt(job)
    enqueueJob(.job(job, on: .none))
  }

  /// Executes a step of the main actor, in its turn; may be called from any thread.
  package func executeOnMainActor(_ job: UnownedJob) {
    adopt(job)
    enqueueJob(.job(job, on: .main))
  }

  /// Executes a job when so much of the loop's time has passed; the loop's owner only.
  package func executePlain(_ job: UnownedJob, after delay: Duration) {
    // A task that began at once may sleep before any job of it has come here.
    _ = adoptedTaskHere()
    addTimer(.job(job), at: now.advanced(by: max(.zero, delay)).nanoseconds)
  }

  // MARK: Adopting

  /// Takes a task into the loop's care whose first job comes to it.
  ///
  /// Where Swift's runtime is not read the job is executed and the task stays unknown.
  private func adopt(_ job: UnownedJob) {
    let address = job.address
    guard isRunningHere, currentTask?.swiftTaskAddress != address, outside[address] == nil,
      resuming[address] == nil, PlainSwift.isTask(address), runner_task_root(address) == address,
      AdoptedTasks.task(at: address) == nil
    else { return }
    resuming[address] = makeAdopted(at: address, maker: AnyRunnerTask.enclosing)
  }

  private func makeAdopted(at address: UInt, maker: AnyRunnerTask?) -> AdoptedTask {
    let name = RuntimeReader.shared.task(at: address, withFrames: false)?.name
    let task = AdoptedTask(at: address, named: name, on: self, maker: maker)
    AdoptedTasks.add(task, at: address)
    adoptedCount += 1
    task.register()
    if isInstrumented { tellMade(task) }
    return task
  }

  /// The adopted task whose code, or whose child's, makes the call; `nil` in a task of the library's.
  ///
  /// A task that no job has made known, because it began at once or on an actor, is adopted by this.
  func adoptedTaskHere() -> AdoptedTask? {
    guard
      let address = withUnsafeCurrentTask(body: { $0.map { unsafeBitCast($0, to: UInt.self) } }),
      RuntimeReader.shared.tier == .full
    else { return nil }
    let inherited = AnyRunnerTask.inherited
    if let inherited, inherited.swiftTaskAddress == address { return nil }
    let root = runner_task_root(address)
    if let inherited, inherited.swiftTaskAddress == root || inherited.isAboutToBegin { return nil }
    if let task = AdoptedTasks.task(at: root) { return task.loop === self ? task : nil }
    let task = makeAdopted(at: root, maker: inherited)
    if root == address { setCurrent(task) }
    return task
  }

  // MARK: Ends

  /// Notes the ends of tasks that ended in a step that was not theirs: an actor's, or another thread's.
  func sweepAdopted() {
    mayHaveEnded = false
    guard adoptedCount > 0 else { return }
    for task in AdoptedTasks.outside(on: self) where task.hasEnded { leaveAndEnd(task) }
  }

  private func leaveAndEnd(_ task: AdoptedTask) {
    outside[task.swiftTaskAddress] = nil
    task.isOutside = false
    task.end()
  }

  /// Notes that a job is about to be executed: in one that is no task's, an actor's, tasks may end.
  func noteBegins(_ job: UnownedJob) {
    if !PlainSwift.isTask(job.address) { mayHaveEnded = true }
  }
}

extension AnyRunnerTask {
  /// Whether its Swift task has been made and has not come to its first step.
  fileprivate var isAboutToBegin: Bool { !isDone && swiftTaskAddress == 0 }
}
