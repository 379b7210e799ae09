public import RunnerCore

/// Returns the loop that runs the calling task; mirrors `asyncio.get_running_loop()`.
///
/// - Throws: `RunnerError.noRunningLoop` when the calling thread runs no loop.
public func runningLoop() throws -> EventLoop {
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop, "No running event loop: a coroutine must be run by a runner, or by its task.")
  }
  return loop
}
