import RunnerCore

/// Prints n, n - 1, … 1, one each second, and then `liftoff`.
///
/// Demonstrates the simplest coroutine: it works for a moment, awaits, and works on. While it
/// awaits, its loop runs other tasks. In asyncio: `await asyncio.sleep(1)`.
public func countdown(_ n: Int) async throws {
  for number in stride(from: n, to: 0, by: -1) {
    print(number)
    try await sleep(1)
  }
  print("liftoff")
}
