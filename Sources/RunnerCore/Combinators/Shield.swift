/// Waits for a task without passing a request to cancel on to it; mirrors `asyncio.shield()`.
///
/// When the calling task is cancelled, the call throws `CancellationError` and the task goes on; if it
/// fails later, the loop's exception handler is told. When the task is cancelled, the call throws
/// `CancellationError` too. Must be called by a task of the same loop.
///
/// - Throws: what the task throws; `CancellationError`; `RunnerError` when the task belongs to another
///   loop.
public func shield<Success: Sendable>(
  _ task: RunnerTask<Success>, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) async throws -> Success {
  if task.isDone { return try task.outcome() }
  let watch = try TaskWatch([task], until: .nothingElse, request: .keptHere, call: "shield")
  do {
    try await watch.wait(for: task, site: WaitSite(fileID, line, function))
  } catch {
    watch.stop()
    task.loop.reportFailureOfShielded(task)
    throw error
  }
  return try task.outcome()
}

/// Runs a coroutine as a task that a request to cancel the caller does not reach.
///
/// See `shield(_:)`.
///
/// - Throws: what the coroutine throws; `CancellationError` when the calling task is cancelled;
///   `RunnerError.noRunningLoop` outside of a runner's task.
public func shield<Success: Sendable>(
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
  _ body: sending @escaping () async throws -> Success
) async throws -> Success {
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop, "No running event loop: shield must be called by a task of a runner.")
  }
  let task = try loop.makeTask(
    fileID: fileID.description, line: Int(line), function: function.description, body)
  return try await shield(task, fileID: fileID, line: line, function: function)
}

extension EventLoop {
  /// Tells of an error of a task that a cancelled `shield` has left behind, once for each task.
  fileprivate func reportFailureOfShielded(_ task: AnyRunnerTask) {
    guard !task.isDone, shielded.insert(task.id).inserted else { return }
    task.whenDone { [self] in
      shielded.remove(task.id)
      guard let failure = task.failure else { return }
      task.markRead()
      report(
        LoopReport(
          message: "\(type(of: failure)) exception in shielded future", error: failure, about: task)
      )
    }
  }
}
