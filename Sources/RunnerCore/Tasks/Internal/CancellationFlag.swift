private import CRunnerRuntime
private import Glibc

/// Swift's own "is cancelled", which a cancelled task would otherwise carry for the rest of its life.
///
/// asyncio delivers a request once, and a task that has caught it goes on undisturbed. Swift has no
/// call that takes its flag back, so this one reaches into the runtime. What it relies on is proven
/// once for each process before it is used; where the proof fails, and with `RUNNER_RUNTIME=public` in
/// the environment, the flag stays, as `Docs/Explanation/cancellation.md` says.
enum CancellationFlag {
  /// Whether the flag can be taken back in this process.
  static let canClear: Bool = isAllowed && runner_task_flags_are_known() && proof()

  /// Takes the flag from the task at this address, which must be alive and whose layout is proven.
  static func clear(_ task: UnsafeCurrentTask) {
    runner_task_clear_cancelled(unsafeBitCast(task, to: UInt.self))
  }

  private static var isAllowed: Bool {
    #if compiler(>=6.3) && compiler(<6.4)
      guard let value = getenv("RUNNER_RUNTIME") else { return true }
      return strcmp(value, "public") != 0
    #else
      return false
    #endif
  }

  /// Cancels a task that never leaves this thread and looks at what changes.
  private static func proof() -> Bool {
    let executor = HeldExecutor()
    let task = Task<Bool, Never>(executorPreference: executor) { Task.isCancelled }
    guard let job = executor.takeJob() else { return false }
    defer { job.runSynchronously(on: executor.asUnownedTaskExecutor()) }
    let address = job.address
    let bit = runner_task_cancelled_bit()
    let before = runner_task_flags(address)
    // Twice: a flag that was taken back must be one that can be set again.
    for _ in 0..<2 {
      guard !task.isCancelled, runner_task_flags(address) == before, before & bit == 0 else {
        return false
      }
      task.cancel()
      guard task.isCancelled, runner_task_flags(address) == before | bit else { return false }
      runner_task_clear_cancelled(address)
    }
    return !task.isCancelled && runner_task_flags(address) == before
  }

  /// Holds the one job that it is given.
  private final class HeldExecutor: TaskExecutor, Sendable {
    private let job = LockedValue<UnownedJob?>(nil)

    func enqueue(_ job: consuming ExecutorJob) {
      let unowned = UnownedJob(job)
      self.job.withLock { $0 = unowned }
    }

    func takeJob() -> UnownedJob? {
      job.withLock { job in
        defer { job = nil }
        return job
      }
    }
  }
}
