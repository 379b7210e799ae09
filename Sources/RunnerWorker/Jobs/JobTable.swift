internal import RunnerCore

/// The runs of a session by their numbers, the ended ones too.
struct JobTable {
  struct Entry {
    var snapshot: JobSnapshot
    var startedAt: ContinuousClock.Instant
    var observers: [Latch] = []
  }

  /// How many ended jobs are remembered.
  static let historyLimit = 200

  private var entries: [JobID: Entry] = [:]
  private var order: [JobID] = []
  private var nextNumber = 1

  /// Lets the next job have at least this number.
  mutating func skip(to number: Int) { nextNumber = max(nextNumber, number) }

  mutating func begin(_ expression: String, on runner: String) -> JobSnapshot {
    let id = JobID(nextNumber)
    nextNumber += 1
    let snapshot = JobSnapshot(
      id: id, runner: runner, expression: expression, task: nil, state: .running, elapsed: .zero)
    entries[id] = Entry(snapshot: snapshot, startedAt: .now)
    order.append(id)
    forgetOldest()
    return snapshot
  }

  /// Drops a job that never began.
  mutating func forget(_ job: JobID) {
    entries[job] = nil
    order.removeAll { $0 == job }
  }

  mutating func noteTask(_ task: TaskID, of job: JobID) {
    entries[job]?.snapshot.task = task
  }

  /// Ends a job; returns its picture and those who wait for it.
  mutating func end(
    _ job: JobID, _ state: JobSnapshot.State, _ bindings: [ValueBinding] = [],
    cpuTime: Duration? = nil
  ) -> (JobSnapshot, [Latch])? {
    guard var entry = entries[job] else { return nil }
    entry.snapshot.state = state
    entry.snapshot.bindings = bindings
    entry.snapshot.cpuTime = cpuTime
    entry.snapshot.elapsed = .now - entry.startedAt
    let observers = entry.observers
    entry.observers = []
    entries[job] = entry
    return (entry.snapshot, observers)
  }

  /// Opens the latch when the job has ended; returns false when it has already.
  mutating func observe(_ job: JobID, _ latch: Latch) -> Bool {
    guard entries[job]?.snapshot.state == .running else { return false }
    entries[job]?.observers.append(latch)
    return true
  }

  mutating func stopObserving(_ job: JobID, _ latch: Latch) {
    entries[job]?.observers.removeAll { $0 === latch }
  }

  func snapshot(of job: JobID) -> JobSnapshot? {
    guard let entry = entries[job] else { return nil }
    var snapshot = entry.snapshot
    if snapshot.state == .running { snapshot.elapsed = .now - entry.startedAt }
    return snapshot
  }

  var snapshots: [JobSnapshot] { order.compactMap { snapshot(of: $0) } }

  private mutating func forgetOldest() {
    while order.count > Self.historyLimit,
      let index = order.firstIndex(where: { entries[$0]?.snapshot.state != .running })
    {
      entries[order.remove(at: index)] = nil
    }
  }
}
