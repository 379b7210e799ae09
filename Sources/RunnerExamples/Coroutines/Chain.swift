import RunnerCore

/// Makes a task that makes a task, and so on, each awaiting the next; returns how many links it saw.
///
/// Demonstrates the await graph: `tree` shows who awaits whom, and cancelling the first link passes
/// the request on to the last one, which is the only one that waits for time. In asyncio:
/// `await task`, and `python -m asyncio pstree`.
@discardableResult
public func chain(depth: Int) async throws -> Int {
  guard depth > 1 else {
    try await sleep(5)
    return 1
  }
  let next = try runningLoop().makeTask(named: "link \(depth - 1)") {
    try await chain(depth: depth - 1)
  }
  return try await next.awaitValue() + 1
}
