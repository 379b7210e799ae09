/// What a tool that acts on tasks by their numbers needs; may be called from any thread.
extension EventLoop {
  /// The live task with this number.
  package func liveTask(_ id: TaskID) -> AnyRunnerTask? { registry.liveTask(id)?.visible }

  /// Calls `observer` once when the task has ended, on the loop's thread; at once if it has already.
  package func observeEnd(of task: AnyRunnerTask, _ observer: @escaping @Sendable () -> Void) {
    registry.observeEnd(of: task, observer)
  }

  /// The tasks that wait for each other in a circle, in the order in which they do, if there is one.
  package func awaitCycle() -> [TaskID]? {
    inspect { [self] consistency in TaskPicture(of: self, natives: consistency).cycle() }
  }

  /// Explains why the run in progress can never end; `nil` when it may.
  ///
  /// For `stallHandler`, on the loop's thread: no step, timer or descriptor is ahead. Here it is asked
  /// for the rest: no task waits outside of the library, and no thread works for the loop. Who holds a
  /// future or an event elsewhere, in a plain Swift task or a thread of its own, is not known.
  package func stalledRun() -> Explanation? {
    guard let task = mainTask, !task.isDone, outside.isEmpty, threadWaits == 0,
      defaultExecutor?.workers.unfinishedJobs().isEmpty ?? true
    else { return nil }
    let picture = TaskPicture(of: self, natives: .exact)
    let query = TaskQuery(includesToolTasks: true, limit: RunnerFacts.taskLimit)
    let facts = RunnerFacts(
      runner: RunnerSnapshot(
        name: name, phase: .initialized, activity: .running, liveTasks: picture.tasks.count,
        mainTask: task.id), loop: snapshot(),
      listing: picture.listing(query, isAlone: true, consistency: .exact)
    ) { [self] in snapshot(of: $0) }
    var explanation = facts.explanation()
    explanation.loop = .stalled
    return explanation
  }

  /// The task itself and the live tasks that it made, and those that they made.
  package func descendants(of id: TaskID) -> [TaskID] {
    var found = [id]
    for task in tasks where task.parent.map(found.contains) ?? false { found.append(task.id) }
    return found
  }
}

extension TaskPicture {
  /// The first circle of tasks that wait for each other, for an end or for a lock.
  func cycle() -> [TaskID]? {
    var targets = nativeAwaits(withLocks: true)
    for task in tasks {
      if let awaited = self.targets(of: task) { targets[task.id] = awaited }
    }
    return Standstill(targets).cycles.first
  }
}
