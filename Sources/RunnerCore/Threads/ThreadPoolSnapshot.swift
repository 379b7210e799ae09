/// A frozen picture of a thread pool.
public struct ThreadPoolSnapshot: Hashable, Sendable {
  /// The pool's name.
  public var name: String
  /// How many threads it has now.
  public var threads: Int
  /// How many of these have nothing to do.
  public var idle: Int
  /// How many threads it may have.
  public var limit: Int
  /// Jobs that no thread has begun.
  public var queued: Int
  /// The first few unfinished jobs: those that are executed, then those that wait.
  public var jobs: [ThreadJobSnapshot]

  public init(
    name: String, threads: Int, idle: Int, limit: Int, queued: Int, jobs: [ThreadJobSnapshot] = []
  ) {
    self.name = name
    self.threads = threads
    self.idle = idle
    self.limit = limit
    self.queued = queued
    self.jobs = jobs
  }
}

extension RunnerThreadPool {
  /// A picture of the pool, with so many jobs at most; may be taken from any thread.
  func snapshot(jobLimit: Int) -> ThreadPoolSnapshot {
    let counts = workers.counts
    return ThreadPoolSnapshot(
      name: name, threads: counts.live, idle: counts.idle, limit: counts.limit,
      queued: counts.queued, jobs: Array(workers.unfinishedJobs().prefix(jobLimit)))
  }
}
