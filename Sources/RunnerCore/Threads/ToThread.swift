/// Executes blocking work on a thread of the running loop's default pool, with the caller's context
/// variables.
///
/// The work sees a copy of the caller's context; what it sets there the caller does not see. Otherwise
/// as `EventLoop.runInExecutor`. Must be called by a task of a running loop. Mirrors
/// `asyncio.to_thread()`.
///
///     let count = try await toThread { countLines(of: path) }
///
/// - Throws: what `work` throws; `CancellationError`; `RunnerError.noRunningLoop` when no loop runs in
///   this thread; otherwise as `runInExecutor`.
public func toThread<Success: Sendable>(
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
  _ work: sending @escaping () throws -> Success
) async throws -> Success {
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop, "No running event loop: toThread must be called by a task of a runner.")
  }
  return try await loop.call(
    work, on: nil, in: SharedRunnerContext(.current),
    site: WaitSite(fileID, line, function))
}
