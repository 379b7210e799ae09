/// Keeps its tasks' jobs until it is told to run them, on the thread that tells it.
final class HeldExecutor: TaskExecutor, Sendable {
  private let jobs = LockedValue<[UnownedJob]>([])

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    jobs.withLock { $0.append(unowned) }
  }

  /// The address of the task whose job was queued last.
  var newest: UInt? { jobs.withLock { $0.last?.address } }

  /// Runs jobs, and those that they queue, until none is left or `limit` have run.
  func run(limit: Int = 10_000) {
    var count = 0
    while count < limit, let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      job.runSynchronously(on: asUnownedTaskExecutor())
      count += 1
    }
  }

  /// Where the runtime says that this executor is.
  var address: UInt { UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque()) }
}
