private import CRunnerRuntime

/// Threads for synchronous work that would block a loop; mirrors
/// `concurrent.futures.ThreadPoolExecutor`.
///
/// Starts a thread when there is work and none is idle, up to a limit; further jobs wait in the order
/// in which they came. A pool that has never had work has no thread. May be used from any thread and
/// by several loops. One that nobody refers to any more lets its threads end.
///
///     let pool = RunnerThreadPool(name: "disk", threadLimit: 2)
///     let bytes = try await loop.runInExecutor(on: pool) { try read(path) }
public final class RunnerThreadPool: Sendable {
  /// A number that names the pool in snapshots.
  public let number: UInt64

  /// What the names of the threads begin with: `name_0`, `name_1`, cut to the system's 15 characters.
  public let name: String

  let workers: WorkerThreads

  /// How many threads a pool has that is not told: four more than the process may use processors, at
  /// most 32.
  public static let defaultThreadLimit: Int = min(32, Int(runner_processor_count()) + 4)

  /// Creates a pool without threads.
  ///
  /// - Parameters:
  ///   - name: what snapshots show, and the names of the threads begin with.
  ///   - threadLimit: how many threads it may have; at least one.
  public init(name: String = "pool", threadLimit: Int = RunnerThreadPool.defaultThreadLimit) {
    precondition(
      threadLimit >= 1, "A thread pool needs at least one thread; it got \(threadLimit).")
    self.name = name
    number = ObjectNumber.next(label: name)
    workers = WorkerThreads(name: name, limit: threadLimit)
  }

  deinit {
    workers.shutDown {}
    workers.detach()
    ObjectNumber.forget(number)
  }

  /// How many threads the pool has now.
  public var threadCount: Int { workers.count }

  /// Takes no more work, and waits until the jobs that it has are done and its threads have ended.
  ///
  /// Blocks the calling thread, so a loop's thread should rather not call it. Closing again is fine.
  /// Mirrors `Executor.shutdown()`.
  ///
  /// - Parameter limit: how long to wait; `nil` waits without limit. Jobs go on after it.
  /// - Returns: whether all threads have ended.
  /// - Throws: `RunnerError.invalidState` when a job of the pool calls it.
  @discardableResult
  public func close(within limit: Duration? = nil) throws -> Bool {
    if workers.ownsCallingThread {
      throw RunnerError(
        .invalidState,
        "Thread pool '\(name)' cannot be closed by a job of its own; close it from elsewhere.")
    }
    let ended = Latch()
    workers.shutDown { ended.open() }
    guard ended.wait(limit: limit) else { return false }
    workers.join()
    return true
  }
}
