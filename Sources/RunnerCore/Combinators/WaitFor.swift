/// Runs a coroutine and cancels it when it takes too long; mirrors `asyncio.wait_for()`.
///
/// As `timeout`, but with a limit of zero or less the coroutine never begins: the call gives way once
/// and throws. It runs as a part of the calling task.
///
/// - Throws: as `timeout`.
public func waitFor<Success: Sendable>(
  _ limit: Duration?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function, _ body: sending @escaping () async throws -> Success
) async throws -> Success {
  if let limit, limit <= .zero {
    try await sleep(for: .zero, fileID: fileID, line: line, function: function)
    throw RunnerTimeoutError(limit: limit)
  }
  return try await timeout(limit, fileID: fileID, line: line, function: function, body)
}

/// Waits for a task and cancels it when it takes too long; mirrors `asyncio.wait_for()`.
///
/// The call waits for the end of the cancelled task, which can exceed the limit. With a limit of zero
/// or less a task that has not ended is cancelled at once; `nil` sets no limit. Cancelling the calling
/// task cancels the task. Must be called by a task of the same loop.
///
/// - Throws: `RunnerTimeoutError` when the limit passed and the task ended with `CancellationError`
///   because of it; otherwise what the task throws; `RunnerError` outside of a runner's task or when
///   the task belongs to another loop.
public func waitFor<Success: Sendable>(
  _ task: RunnerTask<Success>, _ limit: Duration?, fileID: StaticString = #fileID,
  line: UInt = #line, function: StaticString = #function
) async throws -> Success {
  if let running = EventLoop.running, running !== task.loop {
    throw RunnerError(
      .foreignLoop, "Task \(task.id) (\(task.name)) is attached to a different loop.")
  }
  guard let limit, limit <= .zero else {
    return try await timeout(limit, fileID: fileID, line: line, function: function) {
      try await task.awaitValue(fileID: fileID, line: line, function: function)
    }
  }
  if task.isDone { return try task.outcome() }
  let watch = try TaskWatch([task], until: .nothingElse, request: .keptHere, call: "waitFor")
  defer { watch.stop() }
  task.cancel()
  try await watch.wait(for: task, site: WaitSite(fileID, line, function))
  do {
    return try task.outcome()
  } catch is CancellationError {
    throw RunnerTimeoutError(limit: limit)
  }
}
