/// Makes the tasks of a loop; mirrors the function that `loop.set_task_factory()` takes.
///
/// It is asked by `EventLoop.makeTask` and for the main task of each run, on the thread that asks.
public protocol RunnerTaskFactory: Sendable {
  /// Makes a task; usually by changing the request and calling its `makeTask`.
  func makeTask<Success: Sendable>(
    _ request: TaskRequest, _ body: sending @escaping () async throws -> Success
  ) -> RunnerTask<Success>
}

/// Lets tasks run to their first suspension while they are made; mirrors `eager_task_factory`.
///
/// A task that never suspends is done when `makeTask` returns and was never queued. The main task of
/// a run begins as usual, because the loop does not run yet when it is made.
public struct EagerTaskFactory: RunnerTaskFactory {
  /// Creates the factory.
  public init() {}

  public func makeTask<Success: Sendable>(
    _ request: TaskRequest, _ body: sending @escaping () async throws -> Success
  ) -> RunnerTask<Success> {
    var request = request
    request.eagerStart = request.eagerStart ?? true
    return request.makeTask(body)
  }
}
