/// The body of a `timeout` took too long; mirrors `TimeoutError`.
public struct RunnerTimeoutError: Error, Hashable, Sendable, CustomStringConvertible {
  /// How long the body was given: the limit as it stands in the call; for a moment of the clock, and for
  /// a limit that was moved, the time from the beginning to that moment.
  public let limit: Duration

  public var description: String { "The operation took longer than \(max(limit, .zero))." }
}

/// Runs a body and cancels it when it takes too long; mirrors `asyncio.timeout()`.
///
/// The body belongs to the calling task: `AnyRunnerTask.current`, its cancellation requests and its
/// context variables are the caller's. Zero or less lets it run to its first suspension; `nil` sets
/// no limit. Code that does not await cannot be timed out; a body that catches the cancellation and
/// returns has its value returned. The body is given a `RunnerTimeout`, which can move the limit; one
/// that does not want it takes no parameter.
///
/// - Throws: `RunnerTimeoutError` when the limit passed and the body ended with `CancellationError`
///   because of it; otherwise what the body throws; `RunnerError` outside of a runner's task.
public func timeout<Success: Sendable>(
  _ limit: Duration?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function,
  _ body: sending @escaping (RunnerTimeout) async throws -> Success
) async throws -> Success {
  try await withTimeout(
    site: WaitSite(fileID, line, function), limit.map(TimeoutLimit.duration) ?? .unlimited, body)
}

/// Runs a body that does not move its limit; see `timeout(_:_:)` with a `RunnerTimeout`.
public func timeout<Success: Sendable>(
  _ limit: Duration?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function, _ body: sending @escaping () async throws -> Success
) async throws -> Success {
  guard let limit else { return try await body() }
  return try await withTimeout(site: WaitSite(fileID, line, function), .duration(limit)) { _ in
    try await body()
  }
}

/// Runs a body and cancels it at a moment of the loop's clock; mirrors `asyncio.timeout_at()`.
///
/// See `timeout(_:_:)`; a moment that has passed lets the body run to its first suspension.
///
/// - Throws: as `timeout(_:_:)`.
public func timeout<Success: Sendable>(
  at deadline: LoopInstant?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function,
  _ body: sending @escaping (RunnerTimeout) async throws -> Success
) async throws -> Success {
  try await withTimeout(
    site: WaitSite(fileID, line, function), deadline.map(TimeoutLimit.deadline) ?? .unlimited, body)
}

/// Runs a body that does not move its limit; see `timeout(at:_:)` with a `RunnerTimeout`.
public func timeout<Success: Sendable>(
  at deadline: LoopInstant?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function, _ body: sending @escaping () async throws -> Success
) async throws -> Success {
  guard let deadline else { return try await body() }
  return try await withTimeout(site: WaitSite(fileID, line, function), .deadline(deadline)) { _ in
    try await body()
  }
}

private func withTimeout<Success: Sendable>(
  site: WaitSite, _ initial: TimeoutLimit,
  _ body: sending @escaping (RunnerTimeout) async throws -> Success
) async throws -> Success {
  guard let loop = EventLoop.running, let task = AnyRunnerTask.enclosing,
    let caller = AnyRunnerTask.current
  else {
    throw RunnerError(
      .noRunningLoop, "Timeout should be used inside a task: no task of a runner makes this call.")
  }
  let (requestsAtEntry, outerAtEntry) = (caller.cancellationRequests, task.cancellationRequests)
  let scope = loop.makeScope("timeout", of: caller, in: task, returning: Success.self)
  let limit = RunnerTimeout(loop: loop, scope: scope)
  try limit.begin(initial)
  defer { limit.finish() }
  do {
    return try await loop.run(scope, site: site) { try await body(limit) }
  } catch is CancellationError
    where limit.hasExpired && caller.cancellationRequests <= requestsAtEntry
    && task.cancellationRequests <= outerAtEntry
  {
    // Somebody else's request, an outer limit's too, goes on as what it is.
    throw limit.error
  }
}
