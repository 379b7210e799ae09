import RunnerCore

/// Ignores every request to cancel until some seconds have passed, and then returns.
///
/// Demonstrates that cancellation is a request: it arrives as a `CancellationError` at an `await`,
/// and code that catches it goes on. `cancel` and `close` can only wait, and say so. In asyncio:
/// `except asyncio.CancelledError` that does not raise again, which its documentation warns of.
public func stubborn(_ seconds: Double) async throws {
  let loop = try runningLoop()
  let end = loop.now.advanced(by: .seconds(seconds))
  while loop.now < end {
    do {
      try await sleep(for: loop.now.duration(to: end))
    } catch is CancellationError {
      let requests = AnyRunnerTask.current?.cancellationRequests ?? 0
      print("stubborn: ignoring request \(requests) to cancel")
    }
  }
}
