/// Waits for several tasks and returns their values in the order of the arguments.
///
/// The first error is thrown at once, and the other tasks go on. Cancelling the waiting task cancels
/// all of them; it gets `CancellationError` when they have ended. A task that is named twice runs
/// once. Must be called by a task of the same loop. Mirrors `asyncio.gather()`.
///
/// - Throws: the first error of a task; `CancellationError`; `RunnerError` when a task belongs to
///   another loop.
public func gather<Success: Sendable>(
  _ tasks: [RunnerTask<Success>], fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) async throws -> [Success] {
  let failed = try await waitForAll(
    tasks, until: .errorOrCancellation, site: WaitSite(fileID, line, function))
  // The first in time, whatever its place; tasks before it may still be going on.
  if let failed = tasks.first(where: { $0 === failed }) { _ = try failed.outcome() }
  return try tasks.map { try $0.outcome() }
}

/// Waits for several tasks and returns what became of each, in the order of the arguments.
///
/// Mirrors `asyncio.gather(…, return_exceptions=True)`.
///
/// - Throws: `CancellationError` when the waiting task is cancelled; `RunnerError` when a task
///   belongs to another loop.
public func gatherResults<Success: Sendable>(
  _ tasks: [RunnerTask<Success>], fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) async throws -> [Result<Success, any Error>] {
  _ = try await waitForAll(
    tasks, until: .nothingElse, site: WaitSite(fileID, line, function))
  return tasks.map { task in Result { try task.outcome() } }
}

/// Runs two coroutines as tasks and returns their values in order; see `gather(_:)`.
public func gather<Success: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> Success,
  _ second: @autoclosure @escaping @Sendable () async throws -> Success,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> [Success] {
  try await gather(makeTasks([first, second]), fileID: fileID, line: line, function: function)
}

/// Runs three coroutines as tasks and returns their values in order; see `gather(_:)`.
public func gather<Success: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> Success,
  _ second: @autoclosure @escaping @Sendable () async throws -> Success,
  _ third: @autoclosure @escaping @Sendable () async throws -> Success,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> [Success] {
  try await gather(
    makeTasks([first, second, third]), fileID: fileID, line: line, function: function)
}

/// Runs four coroutines as tasks and returns their values in order; see `gather(_:)`.
public func gather<Success: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> Success,
  _ second: @autoclosure @escaping @Sendable () async throws -> Success,
  _ third: @autoclosure @escaping @Sendable () async throws -> Success,
  _ fourth: @autoclosure @escaping @Sendable () async throws -> Success,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> [Success] {
  try await gather(
    makeTasks([first, second, third, fourth]), fileID: fileID, line: line, function: function)
}

private func makeTasks<Success: Sendable>(
  _ bodies: [@Sendable () async throws -> Success]
) throws -> [RunnerTask<Success>] {
  try bodies.map { body in try makeGathered(body) }
}

/// Makes a task of one of the coroutines that are gathered.
func makeGathered<Success: Sendable>(
  _ body: @escaping @Sendable () async throws -> Success
) throws -> RunnerTask<Success> {
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop, "No running event loop: gather must be called by a task of a runner.")
  }
  return try loop.makeTask { try await body() }
}

/// Waits until all have returned.
///
/// - Throws: the error of the first in time that failed; `CancellationError`.
func waitForSuccess(of tasks: [AnyRunnerTask], site: WaitSite) async throws {
  let failed = try await waitForAll(tasks, until: .errorOrCancellation, site: site)
  if let error = try failed?.error() { throw error }
}

/// Waits until all have ended or the goal is met; returns the first in time that failed.
///
/// One error comes out of a gather; the others are nobody's loss.
private func waitForAll(
  _ tasks: [AnyRunnerTask], until goal: TaskWatch.Goal, site: WaitSite
) async throws -> AnyRunnerTask? {
  let watch = try TaskWatch(
    tasks, until: goal, request: .passedOn, marksRead: true, call: "gather")
  try await watch.wait(site: site)
  if watch.wasCancelled { throw CancellationError() }
  return watch.firstFailed
}
