import RunnerCore

/// The worlds of `why`.
extension Scenario {
  private static func started(_ state: inout ScriptedController.State) {
    state.runners = [
      RunnerSnapshot(name: "main", phase: .initialized, activity: .turning, isStarted: true),
      RunnerSnapshot(name: "made", phase: .created),
      RunnerSnapshot(name: "shut", phase: .closed, endedTasks: 3),
      RunnerSnapshot(name: "still", phase: .initialized),
      RunnerSnapshot(name: "quiet", phase: .initialized, activity: .turning, endedTasks: 2),
    ]
    state.loops["main"] = LoopSnapshot(runner: "main", phase: .running)
    state.loops["still"] = LoopSnapshot(runner: "still", phase: .idle)
    state.loops["quiet"] = LoopSnapshot(runner: "quiet", phase: .running)
  }

  private static func object(
    _ id: UInt64, _ object: WaitedObject, _ number: UInt64, _ label: String
  ) -> TaskSnapshot {
    task(id, "t\(id)", .object(object, number: number, label: label))
  }

  private static func task(_ id: UInt64, _ state: TaskState) -> TaskSnapshot {
    TaskSnapshot(id: TaskID(id), name: "t\(id)", runner: "main", state: state)
  }

  private static func working(_ id: UInt64, _ work: WaitSnapshot.Work) -> TaskSnapshot {
    var task = object(id, .executor, 12, "pool")
    task.wait?.work = work
    return task
  }

  private static func locked(
    _ id: UInt64, _ name: String, _ number: UInt64, _ label: String, by holder: UInt64
  ) -> TaskSnapshot {
    var task = task(id, name, .object(.lock, number: number, label: label))
    task.wait?.holder = WaitSnapshot.Holder(
      task: TaskID(holder), site: site("Store.swift", 12, "save()"), elapsed: .milliseconds(3200))
    return task
  }

  static func fillReasons(_ state: inout ScriptedController.State) {
    started(&state)
    var limited = task(18, "limited", .future(7, label: "reply"))
    limited.wait?.timeoutRemaining = .milliseconds(700)
    var still = task(30, "frozen", .timer(remaining: .milliseconds(-1200)))
    still.runner = "still"
    var lost = task(31, "lost", .timer(remaining: .seconds(1)))
    lost.runner = "shut"
    state.tasks = [
      task(1, .created), task(2, .ready), task(3, .running), task(4, "t4", .nextIteration),
      task(5, "t5", .timer(remaining: .milliseconds(310))),
      task(6, "evil\u{1B}[2J\n", .task(TaskID(5))),
      task(7, "t7", .tasks([TaskID(4), TaskID(5), TaskID(6)])),
      locked(8, "t8", 4, "db", by: 5), object(9, .lock, 5, ""), object(10, .event, 6, "go"),
      object(11, .condition, 7, "full"), object(12, .semaphore, 8, "slots"),
      object(13, .barrier, 9, "gate"), object(14, .queueItem, 10, "jobs"),
      object(15, .queueItem, 10, "jobs"), object(16, .queueSpace, 11, "out"),
      object(17, .queueJoin, 11, "out"), limited, object(19, .executor, 12, "pool"),
      object(20, .generator, 13, ""), task(21, "t21", .readable(descriptor: 7)),
      task(22, "t22", .writable(descriptor: 8)), task(23, "t23", .outside(.unknown)),
      task(24, "first", .task(TaskID(25))), task(25, "second", .task(TaskID(26))),
      task(26, "third", .task(TaskID(27))), task(27, "fourth", .task(TaskID(28))),
      task(28, "fifth", .task(TaskID(29))), task(29, "sixth", .task(TaskID(5))), still, lost,
      task(32, "racer", .anyTask([TaskID(5), TaskID(22), TaskID(29)])),
      working(33, .running(thread: "pool_0", elapsed: .seconds(3))),
      working(34, .queued(ahead: 0)), working(35, .queued(ahead: 2)),
    ]
    for (index, what) in OutsideWait.allCases.enumerated() {
      state.tasks.append(task(UInt64(50 + index), what.rawValue, .outside(what)))
    }
    var ended = task(40, .cancelled)
    ended.ending = TaskEnding(
      outcome: .cancelled(message: "enough"), elapsed: .seconds(8), wasRead: true)
    state.ended = [ended]
    state.loops["main"]?.ready = 3
  }

  static func fillLocks(_ state: inout ScriptedController.State) {
    started(&state)
    state.tasks = [
      task(1, "both", .tasks([TaskID(2), TaskID(5), TaskID(6)])),
      locked(2, "left", 8, "second", by: 5), locked(5, "right", 7, "first", by: 2),
    ]
    var limited = task(31, "limited", .task(TaskID(32)))
    limited.wait?.timeoutRemaining = .seconds(3)
    state.tasks += [limited, task(32, "partner", .task(TaskID(31)))]
    state.tasks += (6...20).map { task(UInt64($0), "worker-\($0)") }
  }

  static func fillStalled(_ state: inout ScriptedController.State) {
    started(&state)
    state.runners[0].activity = .running
    state.runners[0].mainTask = TaskID(1)
    state.tasks = [
      task(1, "main", .task(TaskID(2))), object(2, .queueItem, 10, "jobs"),
    ]
  }
}
