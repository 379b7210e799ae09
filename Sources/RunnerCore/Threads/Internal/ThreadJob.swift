/// Something for a thread of a pool to execute.
class ThreadJob: @unchecked Sendable {
  let site: SourceSite
  /// The number of its arrival at the pool; guarded by the pool's lock.
  final var arrival: UInt64 = 0

  init(site: SourceSite) {
    self.site = site
  }

  func run() { preconditionFailure("A subclass says what there is to do.") }

  /// Called after `run`, when the thread is free for the next job.
  func tell() {}
}

/// Synchronous work that a task of a loop waits for.
///
/// The pool's thread writes `outcome` and hands the object to the loop's inbox; everything else is the
/// loop's owner's, apart from `work` and `loop`, which belong to the thread once it has begun.
final class ThreadCall<Success: Sendable>: ThreadJob, WaitTarget, @unchecked Sendable {
  private var work: (() throws -> Success)?
  /// Given up with the end, so that what a closed loop still holds does not hold the loop.
  private var loop: EventLoop?
  private let workers: WorkerThreads
  private let context: SharedRunnerContext
  private var waiters = WaiterList()
  private var outcome: Result<Success, any Error>?

  init(
    _ work: @escaping () throws -> Success, for loop: EventLoop, on workers: WorkerThreads,
    in context: SharedRunnerContext, site: SourceSite
  ) {
    self.work = work
    self.loop = loop
    self.workers = workers
    self.context = context
    super.init(site: site)
  }

  override func run() {
    guard let work else { return }
    self.work = nil
    outcome = context.asThreadContext { Result { try work() } }
  }

  override func tell() {
    guard let loop else { return }
    self.loop = nil
    loop.enqueueFromElsewhere(
      .callback(
        ScheduledCallback(deadline: nil, place: nil, sharing: context) { [self] in tellWaiters() }))
  }

  private func tellWaiters() {
    guard let loop = EventLoop.running else { return }
    waiters.drain { loop.wake($0) }
  }

  func addWaiter(_ waiter: Waiter) { waiters.append(waiter) }

  /// What the work returned or threw; once the wait is over.
  func value() throws -> Success {
    guard let outcome else { throw CancellationError() }
    return try outcome.get()
  }

  /// Takes the job out if no thread has begun it.
  ///
  /// The waiting task is always woken with the error: a thread cannot be stopped.
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool {
    if workers.remove(self) {
      work = nil
      loop = nil
    }
    return false
  }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}
