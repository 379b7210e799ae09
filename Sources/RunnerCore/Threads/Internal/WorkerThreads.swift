private import CRunnerRuntime
private import Glibc

/// The threads of a pool and the jobs that they have; from any thread.
///
/// The threads keep this object, not the pool: so a pool can be released while its threads are idle.
final class WorkerThreads: Sendable {
  private struct State {
    /// The jobs that no thread has begun, by the numbers of their arrival.
    var queued: [UInt64: ThreadJob] = [:]
    var oldest: UInt64 = 0
    var next: UInt64 = 0
    /// The jobs that are being executed, by the numbers of the threads.
    var running: [Int: (job: ThreadJob, since: Int64, thread: pthread_t)] = [:]
    /// Those that were neither joined nor detached yet.
    var handles: [pthread_t] = []
    var started = 0
    var live = 0
    var idle = 0
    var isShutDown = false
    var endObservers: [@Sendable () -> Void] = []

    mutating func append(_ job: ThreadJob) {
      job.arrival = next
      queued[next] = job
      next += 1
    }

    mutating func removeFirst() -> ThreadJob? {
      // Those in between were taken out.
      while oldest < next {
        defer { oldest += 1 }
        if let job = queued.removeValue(forKey: oldest) { return job }
      }
      return nil
    }
  }

  private let name: String
  private let limit: Int
  private let monitor = Monitor(State())

  init(name: String, limit: Int) {
    self.name = name
    self.limit = limit
  }

  deinit { detach() }

  var count: Int { monitor.withLock { $0.live } }

  var counts: (live: Int, idle: Int, queued: Int, limit: Int) {
    monitor.withLock { ($0.live, $0.idle, $0.queued.count, limit) }
  }

  /// Whether all threads have done their last job, after `shutDown`.
  var haveEnded: Bool { monitor.withLock { $0.isShutDown && $0.live == 0 } }

  /// Whether a job of the pool makes the call.
  var ownsCallingThread: Bool {
    let caller = pthread_self()
    return monitor.withLock { state in
      state.running.values.contains { pthread_equal($0.thread, caller) != 0 }
    }
  }

  // MARK: Jobs

  /// Queues a job, and starts a thread for it if none is idle.
  ///
  /// - Throws: `RunnerError` when the pool is closed, or has no thread and the system gives none.
  func submit(_ job: ThreadJob) throws {
    try monitor.withLock { state in
      if state.isShutDown {
        throw RunnerError(.closed, "Thread pool '\(name)' is closed: it takes no more work.")
      }
      state.append(job)
      if state.idle >= state.queued.count { return monitor.signal() }
      guard state.live < limit else { return }
      let error = start(&state)
      if error != 0, state.live == 0 {
        state.queued[job.arrival] = nil
        throw RunnerError(
          .system,
          "Thread pool '\(name)' could not start a thread: \(String(cString: strerror(error))).")
      }
    }
  }

  /// Takes a job out that no thread has begun; returns whether it was one.
  func remove(_ job: ThreadJob) -> Bool {
    monitor.withLock { $0.queued.removeValue(forKey: job.arrival) != nil }
  }

  /// The jobs that are not done: those that are executed, then those that wait.
  func unfinishedJobs() -> [ThreadJobSnapshot] {
    let now = runner_monotonic_now()
    return monitor.withLock { state in
      state.running.sorted { $0.key < $1.key }.map { number, entry in
        ThreadJobSnapshot(
          thread: threadName(number), elapsed: .nanoseconds(now - entry.since),
          site: entry.job.site)
      }
        + state.queued.sorted { $0.key < $1.key }.map { ThreadJobSnapshot(site: $1.site) }
    }
  }

  /// How far each job has come that is not done.
  func works() -> [ObjectIdentifier: WaitSnapshot.Work] {
    let now = runner_monotonic_now()
    return monitor.withLock { state in
      var works: [ObjectIdentifier: WaitSnapshot.Work] = [:]
      for (number, entry) in state.running {
        works[ObjectIdentifier(entry.job)] = .running(
          thread: threadName(number), elapsed: .nanoseconds(now - entry.since))
      }
      for (place, entry) in state.queued.sorted(by: { $0.key < $1.key }).enumerated() {
        works[ObjectIdentifier(entry.value)] = .queued(ahead: place)
      }
      return works
    }
  }

  // MARK: Ending

  /// Takes no more work; calls `observer` once when the last thread has done its last job, on that
  /// thread, or at once.
  func shutDown(_ observer: @escaping @Sendable () -> Void) {
    let isEmpty = monitor.withLock { state in
      state.isShutDown = true
      if state.live > 0 { state.endObservers.append(observer) }
      return state.live == 0
    }
    monitor.broadcast()
    if isEmpty { observer() }
  }

  /// Waits until the threads are gone that have done their last job.
  func join() {
    for thread in takeHandles() { pthread_join(thread, nil) }
  }

  /// Lets the threads go: nobody will wait for them.
  func detach() {
    for thread in takeHandles() { pthread_detach(thread) }
  }

  private func takeHandles() -> [pthread_t] {
    monitor.withLock { state in
      defer { state.handles = [] }
      return state.handles
    }
  }

  // MARK: Threads

  /// What a new thread is given.
  private final class Start {
    let workers: WorkerThreads
    let number: Int

    init(_ workers: WorkerThreads, _ number: Int) {
      self.workers = workers
      self.number = number
    }
  }

  /// Starts a thread, which first waits for the lock that the caller holds; returns an error number.
  private func start(_ state: inout State) -> Int32 {
    let argument = Unmanaged.passRetained(Start(self, state.started))
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.workers.work(start.number)
        return nil
      }, argument.toOpaque())
    if error != 0 {
      argument.release()
      return error
    }
    state.handles.append(thread)
    state.started += 1
    state.live += 1
    return 0
  }

  private func work(_ number: Int) {
    runner_set_thread_name(threadName(number))
    var isIdle = false
    while let job = nextJob(number, isIdle: isIdle) {
      job.run()
      // Idle before anybody can know of the end and hand over the next job.
      let done = monitor.withLock { state in
        state.idle += 1
        return state.running.removeValue(forKey: number)
      }
      _ = done  // Released here, outside of the lock.
      isIdle = true
      job.tell()
    }
  }

  /// The job that the thread is to execute, or `nil` when it is to end.
  private func nextJob(_ number: Int, isIdle: Bool) -> ThreadJob? {
    var isCounted = isIdle
    var observers: [@Sendable () -> Void] = []
    let job = monitor.wait { state -> ThreadJob?? in
      if isCounted { state.idle -= 1 }
      isCounted = false
      if let job = state.removeFirst() {
        state.running[number] = (job, runner_monotonic_now(), pthread_self())
        return .some(job)
      }
      if state.isShutDown {
        state.live -= 1
        if state.live == 0 { swap(&observers, &state.endObservers) }
        return .some(nil)
      }
      state.idle += 1
      isCounted = true
      return nil
    }
    for observer in observers { observer() }
    return job
  }

  /// At most 15 bytes, the number whole.
  private func threadName(_ number: Int) -> String {
    let suffix = "_\(number)"
    var prefix = name
    while prefix.utf8.count + suffix.utf8.count > 15, !prefix.isEmpty { prefix.removeLast() }
    return prefix + suffix
  }
}
