private import Synchronization

/// The body of a `timeout` took too long; mirrors `TimeoutError`.
public struct RunnerTimeoutError: Error, Hashable, Sendable, CustomStringConvertible {
  /// How long the body was given.
  public let limit: Duration

  public var description: String { "The operation took longer than \(limit)." }
}

/// Runs a body and cancels it when it takes too long; mirrors `asyncio.timeout()`.
///
/// The body belongs to the calling task: `AnyRunnerTask.current`, its cancellation requests and its
/// context variables are the caller's. Zero or less lets it run to its first suspension; `nil` sets
/// no limit. Code that does not await cannot be timed out; a body that catches the cancellation and
/// returns has its value returned.
///
/// - Throws: `RunnerTimeoutError` when the limit passed and the body ended with `CancellationError`
///   because of it; otherwise what the body throws; `RunnerError` outside of a runner's task.
public func timeout<Success: Sendable>(
  _ limit: Duration?, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function, _ body: sending @escaping () async throws -> Success
) async throws -> Success {
  guard let limit else { return try await body() }
  guard let loop = EventLoop.running, let task = AnyRunnerTask.enclosing,
    let caller = AnyRunnerTask.current
  else {
    throw RunnerError(
      .noRunningLoop, "Timeout should be used inside a task: no task of a runner makes this call.")
  }
  let (requestsAtEntry, outerAtEntry) = (caller.cancellationRequests, task.cancellationRequests)
  let deadline = loop.now.advanced(by: limit)
  let scope = loop.makeScope("timeout", of: caller, in: task, returning: Success.self)
  scope.timeoutDeadline.store(deadline.nanoseconds, ordering: .relaxed)
  let expiry = Expiry()
  let timer = try loop.schedule(at: deadline) {
    expiry.hasPassed = true
    _ = scope.requestCancellation(message: nil)
  }
  defer { timer.cancel() }
  do {
    return try await loop.run(scope, site: WaitSite(fileID, line, function), body)
  } catch is CancellationError
    where expiry.hasPassed && caller.cancellationRequests <= requestsAtEntry
    && task.cancellationRequests <= outerAtEntry
  {
    // Somebody else's request, an outer limit's too, goes on as what it is.
    throw RunnerTimeoutError(limit: limit)
  }
}

/// Whether a limit has passed; lives on the loop's thread.
private final class Expiry: @unchecked Sendable {
  var hasPassed = false
}
