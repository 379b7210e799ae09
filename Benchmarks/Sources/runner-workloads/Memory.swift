import CAllocations
import Glibc
import RunnerCore

/// The memory that parked tasks take, one kind of task for each process.
enum Memory: String, CaseIterable {
  /// Tasks of Swift's on an executor that only queues.
  case plain = "m_plain"
  /// Ours, each of which waits for a future that all share.
  case future = "m_future"
  /// Ours, each of which sleeps.
  case sleeper = "m_sleep"

  /// Prints the bytes that a task takes: those that `malloc` has given out, and resident ones.
  func measure(_ count: Int = 100_000) throws {
    let before = (allocated_bytes(), resident_bytes())
    let keeper = try make(count)
    let after = (allocated_bytes(), resident_bytes())
    print(rawValue, (after.0 - before.0) / count, (after.1 - before.1) / count)
    withExtendedLifetime(keeper) {}
    // Nothing here is worth an orderly end.
    exit(0)
  }

  private func make(_ count: Int) throws -> AnyObject {
    switch self {
    case .plain:
      let executor = QueueExecutor()
      for _ in 0..<count {
        _ = Task<Void, Never>(executorPreference: executor) {
          await withUnsafeContinuation { executor.parked.append($0) }
        }
      }
      executor.run()
      return executor
    case .future:
      return try made(count) { loop in
        let future = loop.makeFuture(of: Void.self)
        return { try await future.value }
      }
    case .sleeper: return try made(count) { _ in { try await sleep(3_600) } }
    }
  }

  private func made(
    _ count: Int, _ body: @escaping @Sendable (EventLoop) -> @Sendable () async throws -> Void
  ) throws -> AnyObject {
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      let body = body(loop)
      for _ in 0..<count { try loop.makeTask { try await body() } }
      try await sleep(0)
    }
    return runner
  }
}

/// The least that an executor is: jobs in the order in which they came, run by one thread.
private final class QueueExecutor: TaskExecutor, @unchecked Sendable {
  var parked: [UnsafeContinuation<Void, Never>] = []
  private var jobs: [UnownedJob] = []

  func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

  func run() {
    while !jobs.isEmpty {
      let present = jobs
      jobs = []
      for job in present { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }
}
