import RunnerCore

/// Prints `tick 1`, `tick 2`, … with a pause of some seconds between two, until it is cancelled.
///
/// Demonstrates a task that nobody waits for: it stands still when its loop does, and ends only
/// because of `cancel` or `close`, which make its `sleep` throw. In asyncio: `asyncio.create_task()`
/// and `Task.cancel()`.
public func ticker(every seconds: Double) async throws {
  guard seconds >= 0.001 else {
    throw RunnerError(
      .invalidArgument, "A ticker needs at least 0.001 seconds between two ticks, not \(seconds).")
  }
  var count = 0
  while true {
    count += 1
    print("tick \(count)")
    try await sleep(seconds)
  }
}
