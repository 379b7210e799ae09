import RunnerCore

/// Works until it is cancelled, and then takes some seconds to clean up before it ends.
///
/// Demonstrates that a request to cancel is delivered once: after it was caught, the coroutine may
/// await again, here for its cleanup, and then throws the error on so that the task ends as
/// cancelled. A second request would cut the cleanup short. In asyncio: `try … finally` with an
/// `await` in it.
public func cleanup(_ seconds: Double) async throws {
  print("cleanup: working until cancelled")
  do {
    while true {
      try await sleep(1)
    }
  } catch {
    print("cleanup: cancelled, cleaning up")
    try await sleep(seconds)
    print("cleanup: clean")
    throw error
  }
}
