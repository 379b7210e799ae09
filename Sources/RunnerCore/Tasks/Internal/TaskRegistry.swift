/// The live tasks of one loop, and a few that have ended; readable from any thread.
final class TaskRegistry: Sendable {
  private struct State {
    var slots: [AnyRunnerTask?] = []
    var free: [Int] = []
    var ended: [EndedTask] = []
    var nextEnded = 0
    var endedCount = 0
    var unreadErrors = 0
    var observers: [TaskID: [@Sendable () -> Void]] = [:]
    var isAbandoned = false

    mutating func note(_ task: EndedTask, limit: Int) {
      endedCount += 1
      if task.isUnreadFailure { unreadErrors += 1 }
      if ended.count < limit {
        ended.append(task)
      } else if limit > 0 {
        ended[nextEnded] = task
        nextEnded = (nextEnded + 1) % limit
      }
    }
  }

  private let state = LockedValue(State())
  let historyLimit: Int

  init(historyLimit: Int) {
    self.historyLimit = historyLimit
  }

  /// Adds a live task and returns the slot by which `remove` finds it.
  func add(_ task: AnyRunnerTask) -> Int {
    state.withLock { state in
      if let slot = state.free.popLast() {
        state.slots[slot] = task
        return slot
      }
      state.slots.append(task)
      return state.slots.count - 1
    }
  }

  /// Moves a task to the ended ones and tells those who wait for it.
  func remove(slot: Int, ended: EndedTask) {
    let (task, observers) = state.withLock { state in
      let task = state.slots[slot]
      // A thread that saw the end may have read the outcome before it is noted here.
      if task?.wasRead == true { ended.markRead() }
      state.slots[slot] = nil
      state.free.append(slot)
      // What a tool makes for itself, such as the scope of a `timeout`, is nobody's history.
      if ended.role != .tool {
        state.note(ended, limit: historyLimit)
        task?.countsAsUnread = ended.isUnreadFailure
      }
      let observers = state.observers.isEmpty ? nil : state.observers.removeValue(forKey: ended.id)
      return (task, observers)
    }
    _ = task  // Released here, outside of the lock.
    for observer in observers ?? [] { observer() }
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
  var shownCount: Int { state.withLock { $0.slots.count { $0.map { !$0.isHidden } ?? false } } }

  var liveCount: Int { state.withLock { $0.slots.count - $0.free.count } }

  var counts: (live: Int, ended: Int, unreadErrors: Int) {
    state.withLock { ($0.slots.count - $0.free.count, $0.endedCount, $0.unreadErrors) }
  }

  /// The live tasks, in the order of their numbers.
  func live() -> [AnyRunnerTask] {
    let live = state.withLock { state in
      var live: [AnyRunnerTask] = []
      live.reserveCapacity(state.slots.count - state.free.count)
      for case let task? in state.slots { live.append(task) }
      return live
    }
    let order = live.map(\.id)
    // New slots come in order, and only used ones out of it: sorting objects is dear.
    if zip(order, order.dropFirst()).allSatisfy(<) { return live }
    return order.indices.sorted { order[$0] < order[$1] }.map { live[$0] }
  }

  func liveTask(_ id: TaskID) -> AnyRunnerTask? {
    state.withLock { $0.slots.first { $0?.id == id } ?? nil }
  }

  /// Whether the task is live or among those that ended last.
  func knows(_ id: TaskID) -> Bool {
    state.withLock { state in
      state.slots.contains { $0?.id == id } || state.ended.contains { $0.id == id }
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
