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
  let failed = try await GatherTarget.wait(
    for: tasks, stopsAtError: true, site: WaitSite(fileID, line, function))
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
  _ = try await GatherTarget.wait(
    for: tasks, stopsAtError: false, site: WaitSite(fileID, line, function))
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
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop, "No running event loop: gather must be called by a task of a runner.")
  }
  return try bodies.map { body in try loop.makeTask { try await body() } }
}

/// What a gathering task waits for; lives on the loop's thread.
private final class GatherTarget: WaitTarget, @unchecked Sendable {
  private let loop: EventLoop
  private let tasks: [AnyRunnerTask]
  private let stopsAtError: Bool
  private var remaining: Int
  private var isDone = false
  private var firstFailed: AnyRunnerTask?
  private var wasCancelled = false
  private var waiters = WaiterList()

  private init(loop: EventLoop, tasks: [AnyRunnerTask], stopsAtError: Bool) {
    self.loop = loop
    self.tasks = tasks
    self.stopsAtError = stopsAtError
    remaining = tasks.count
  }

  /// Waits until all have ended or, if it `stopsAtError`, one has failed; returns that one.
  static func wait(
    for tasks: [AnyRunnerTask], stopsAtError: Bool, site: WaitSite
  ) async throws -> AnyRunnerTask? {
    guard let loop = EventLoop.running else {
      throw RunnerError(
        .noRunningLoop, "No running event loop: gather must be called by a task of a runner.")
    }
    if let stranger = tasks.first(where: { $0.loop !== loop }) {
      throw RunnerError(
        .foreignLoop, "Task \(stranger.id) (\(stranger.name)) is attached to a different loop.")
    }
    var seen = Set<TaskID>()
    let distinct = tasks.filter { seen.insert($0.id).inserted }
    if distinct.isEmpty { return nil }
    let target = GatherTarget(loop: loop, tasks: distinct, stopsAtError: stopsAtError)
    for task in distinct { task.whenDone { target.note(task) } }
    let waiting = loop.owningTask()
    waiting?.gathered = distinct.map(\.id)
    defer { waiting?.gathered = [] }
    try await loop.wait(.tasks, detail: 0, site: site, target: target) {
      target.waiters.append($0)
    }
    if target.wasCancelled { throw CancellationError() }
    return target.firstFailed
  }

  private func note(_ task: AnyRunnerTask) {
    remaining -= 1
    // One error comes out of the gather; the others are nobody's loss.
    task.markRead()
    if stopsAtError, firstFailed == nil, task.state != .finished { firstFailed = task }
    if remaining == 0 || (firstFailed != nil && !wasCancelled) { finish() }
  }

  private func finish() {
    guard !isDone else { return }
    isDone = true
    waiters.drain { loop.wake($0) }
  }

  func cancelFromWaiter(_ pass: CancellationPass) -> Bool {
    if isDone { return false }
    var accepted = false
    for task in tasks where task.acceptCancellation(pass) { accepted = true }
    wasCancelled = wasCancelled || accepted
    return accepted
  }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}
