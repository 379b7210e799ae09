internal import CRunnerRuntime

/// The live tasks of one loop, and a few that have ended; readable from any thread.
struct TaskRegistry: ~Copyable, Sendable {
  private struct State {
    let slots = TaskSlots()
    var ended: [EndedTask] = []
    var nextEnded = 0
    var endedCount = 0
    var unreadErrors = 0
    var observers: [TaskID: [@Sendable () -> Void]] = [:]
    var isAbandoned = false

    /// Remembers an ended task; returns what is left of the one that had to go for it.
    @inline(__always)
    mutating func note(
      _ task: AnyRunnerTask, limit: Int, at moment: Int64, _ outcome: borrowing EndedTask.Outcome
    ) -> EndedTask.Leftover? {
      endedCount &+= 1
      // A thread that saw the end may have read the outcome already.
      if case .failed = copy outcome, !task.wasRead {
        task.countsAsUnread = true
        unreadErrors &+= 1
      }
      if ended.count < limit {
        ended.append(EndedTask(task, task.labels, at: moment, outcome))
        return nil
      }
      if limit <= 0 { return nil }
      let place = nextEnded
      nextEnded = place &+ 1 == limit ? 0 : place &+ 1
      return ended[place].become(task, task.labels, at: moment, outcome)
    }
  }

  private let state = LockedValue(State())
  let historyLimit: Int

  init(historyLimit: Int) {
    self.historyLimit = historyLimit
  }

  /// Runs `body` while nobody looks at what is said about a task or changes it.
  @inline(__always)
  func whileLocked<R>(_ body: () -> R) -> R { state.withLock { _ in body() } }

  /// Adds a live task and returns the slot by which `remove` finds it.
  @inline(__always)
  func add(_ task: AnyRunnerTask) -> Int { state.withLock { $0.slots.add(task) } }

  /// Moves a task to the ended ones and tells those who wait for it.
  func remove(
    _ task: AnyRunnerTask, slot: Int, at moment: Int64, _ outcome: borrowing EndedTask.Outcome
  ) {
    var observers: [@Sendable () -> Void]?
    let (reference, forgotten) = state.withLock { state in
      let reference = state.slots.remove(slot)
      var forgotten: EndedTask.Leftover?
      // What a tool makes for itself, such as the scope of a `timeout`, is nobody's history.
      if task.origin.role != .tool {
        forgotten = state.note(task, limit: historyLimit, at: moment, outcome)
      }
      if !state.observers.isEmpty { observers = state.observers.removeValue(forKey: task.id) }
      return (reference, forgotten)
    }
    _ = forgotten  // Released here, outside of the lock.
    if let observers { for observer in observers { observer() } }
    reference?.release()
  }

  /// Calls `observer` once when the task has ended, on the loop's thread; at once if it has already,
  /// or if it never will.
  func observeEnd(of task: AnyRunnerTask, _ observer: @escaping @Sendable () -> Void) {
    let isLive = state.withLock { state in
      guard !task.isDone, !state.isAbandoned else { return false }
      state.observers[task.id, default: []].append(observer)
      return true
    }
    if !isLive { observer() }
  }

  /// Lets those go who wait for tasks that will never end, because the loop is closed.
  func abandonObservers() {
    let observers = state.withLock { state in
      state.isAbandoned = true
      defer { state.observers = [:] }
      return state.observers
    }
    for observer in observers.values.joined() { observer() }
  }

  /// Notes that somebody has seen the error of a failed task.
  func markRead(_ task: AnyRunnerTask) {
    state.withLock { state in
      guard task.countsAsUnread else { return }
      task.countsAsUnread = false
      state.unreadErrors -= 1
      guard let index = state.ended.lastIndex(where: { $0.id == task.id }) else { return }
      state.ended[index].markRead()
    }
  }

  /// How many of the live tasks listings show.
  var shownCount: Int {
    state.withLock { state in
      var count = 0
      state.slots.forEach { task in
        if !task.isHidden { count += 1 }
        return true
      }
      return count
    }
  }

  var liveCount: Int { state.withLock { $0.slots.count } }

  var counts: (live: Int, ended: Int, unreadErrors: Int) {
    state.withLock { ($0.slots.count, $0.endedCount, $0.unreadErrors) }
  }

  /// The live tasks, in the order of their numbers.
  func live() -> [AnyRunnerTask] { crowd().tasks }

  /// The live tasks, and what is worth knowing of them before each is looked at again.
  ///
  /// Of many tasks most of the time goes into fetching their memory, so it is asked for ahead.
  func crowd() -> TaskCrowd {
    var (crowd, isOrdered, last) = (TaskCrowd(), true, UInt64(0))
    state.withLock { state in
      crowd.expect(state.slots.count)
      state.slots.forEach(ahead: { runner_prefetch_task($0.toOpaque()) }) { task in
        if task.id.number < last { isOrdered = false }
        last = task.id.number
        crowd.add(task, isGathering: task.labels.more?.awaited != nil)
        return true
      }
    }
    // New slots come in order, and only used ones out of it.
    if !isOrdered { crowd.sort() }
    return crowd
  }

  func liveTask(_ id: TaskID) -> AnyRunnerTask? {
    state.withLock { $0.slots.task(id) }
  }

  /// Whether the task is live or among those that ended last.
  func knows(_ id: TaskID) -> Bool {
    state.withLock { state in
      state.slots.task(id) != nil || state.ended.contains { $0.id == id }
    }
  }

  /// The tasks that ended last, oldest first.
  func ended() -> [EndedTask] { history().remembered }

  /// The same, and how many have ended in all.
  func history() -> (remembered: [EndedTask], total: Int) {
    state.withLock { state in
      (Array(state.ended[state.nextEnded...] + state.ended[..<state.nextEnded]), state.endedCount)
    }
  }
}
