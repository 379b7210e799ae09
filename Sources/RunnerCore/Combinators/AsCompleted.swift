/// Returns the tasks one after the other as they end; mirrors `asyncio.as_completed()`.
///
/// The clock of the timeout begins with the call. Tasks that end in time are returned first; then the
/// sequence throws `RunnerTimeoutError`. It cancels no task, and an error of one is thrown by its own
/// `outcome()`. A task that is named twice comes once. Must be called by a task of the same loop.
///
///     for try await task in try asCompleted(downloads, timeout: .seconds(30)) {
///       show(try task.outcome())
///     }
///
/// - Throws: `RunnerError` when a task belongs to another loop, or where no loop runs.
public func asCompleted<Member: AnyRunnerTask>(
  _ tasks: [Member], timeout: Duration? = nil, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) throws -> CompletedTasks<Member> {
  CompletedTasks(
    watch: try TaskWatch(
      tasks, until: .anyEnd, request: .keptHere, limit: timeout, call: "asCompleted"),
    limit: timeout, site: WaitSite(fileID, line, function))
}

/// Tasks in the order of their ends; made by `asCompleted`.
///
/// Each task comes out once, however many iterators there are.
public final class CompletedTasks<Member: AnyRunnerTask>: AsyncSequence, @unchecked Sendable {
  private let watch: TaskWatch
  private let limit: Duration?
  private let site: WaitSite

  init(watch: TaskWatch, limit: Duration?, site: WaitSite) {
    self.watch = watch
    self.limit = limit
    self.site = site
  }

  deinit {
    let watch = self.watch
    watch.loop.perform { watch.stop() }
  }

  /// Waits for the next end and returns the task, or `nil` when all have come out.
  ///
  /// Must be called by a task of the same loop.
  ///
  /// - Throws: `RunnerTimeoutError` once for each task that had not ended in time;
  ///   `CancellationError` when the calling task is cancelled.
  public func next() async throws -> Member? {
    try watch.loop.checkRunningHere("next() of asCompleted")
    while true {
      if let task = watch.takeEnded() { return task as? Member }
      if watch.takeMissed() { throw RunnerTimeoutError(limit: limit ?? .zero) }
      if watch.hasTimedOut || watch.remaining.isEmpty { return nil }
      try await watch.wait(site: site)
    }
  }

  /// Asks for the tasks.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let tasks: CompletedTasks

    public mutating func next() async throws -> Member? { try await tasks.next() }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(tasks: self) }
}
