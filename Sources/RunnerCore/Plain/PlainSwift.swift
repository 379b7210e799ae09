private import CRunnerRuntime
private import Synchronization

/// Tasks that plain Swift makes, on loops.
///
/// A program whose executors hand jobs to `EventLoop.executePlain` says so here. Without that, such
/// tasks run on Swift's own pool and no loop knows them.
package enum PlainSwift {
  private static let installed = Atomic<Bool>(false)

  /// Whether jobs of plain Swift come to the loops.
  package static var isOnLoops: Bool {
    get { installed.load(ordering: .relaxed) }
    set { installed.store(newValue, ordering: .relaxed) }
  }

  /// The loop to which a job belongs that prefers none: that of the calling thread, or the one that has
  /// its task; `nil` for work that no loop has to do with.
  ///
  /// May be called from any thread, for a job that is being enqueued.
  package static func loop(for job: UnownedJob) -> EventLoop? {
    if let loop = EventLoop.running { return loop }
    guard isTask(job.address) else { return nil }
    return AdoptedTasks.task(at: runner_task_root(job.address))?.loop
  }

  /// Whether a job is a task, and not an actor's or a continuation's.
  static func isTask(_ job: UInt) -> Bool {
    RuntimeReader.shared.tier == .full && runner_job_is_task(job)
  }
}
