import RunnerCore

/// Gives a fast and a slow piece of work one second each.
///
/// Demonstrates `timeout`: it cancels what takes too long and turns that cancellation into an error
/// of its own, so that the caller can tell it from being cancelled itself. In asyncio:
/// `async with asyncio.timeout(1)`.
public func timeoutDemo() async throws {
  for seconds in [0.5, 30.0] {
    print("work for \(seconds) s, with a timeout of 1 s")
    do {
      try await timeout(.seconds(1)) {
        try await sleep(seconds)
      }
      print("done in time")
    } catch let error as RunnerTimeoutError {
      print("timed out: \(error)")
    }
  }
}
