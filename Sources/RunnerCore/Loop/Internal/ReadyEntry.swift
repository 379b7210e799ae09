private import CRunnerRuntime

/// Something that the loop executes in its next iteration.
enum ReadyEntry {
  /// A step of a Swift task.
  case job(UnownedJob, on: JobExecutor = .loop)
  /// The end of a wait; the waiter lives until it has been resumed.
  case wake(Unmanaged<Waiter>)
  case callback(ScheduledCallback)
  /// What lets a run end with the iteration after the one in which its task has ended.
  case endOfRun

  /// The address of the job, if it is one.
  var jobAddress: UInt? {
    if case .job(let job, _) = self { job.address } else { nil }
  }
}

/// Among many tasks, what the next ones need of memory is asked for while earlier ones are executed: the first
/// part finds the second one's place.
extension ReadyEntry {
  /// From how many entries on that is worth its time.
  static let crowd = 64

  @inline(__always)
  func fetchEarly() {
    switch self {
    case .wake(let waiter): runner_prefetch(UInt(bitPattern: waiter.toOpaque()))
    case .job(let job, _): runner_prefetch_job(job.address)
    case .callback, .endOfRun: break
    }
  }

  @inline(__always)
  func fetchLate() {
    if case .wake(let waiter) = self { waiter._withUnsafeGuaranteedRef { $0.prefetchTask() } }
  }
}

/// What a step is executed on.
enum JobExecutor {
  /// The loop, which the task prefers.
  case loop
  /// The loop's serial executor, which the code is isolated to.
  case isolated
  /// Nothing that the task would prefer.
  case none
  /// The main actor, which the code is isolated to.
  case main
}
