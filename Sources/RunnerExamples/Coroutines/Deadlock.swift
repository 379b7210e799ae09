import RunnerCore

/// Makes two tasks that await each other, and awaits them: nothing of this can ever end.
///
/// Demonstrates a cycle in the await graph: no timer, descriptor or other task can wake any of the
/// three. `tree` draws the cycle and names it. In asyncio: the "await-graph contains cycles" of
/// `python -m asyncio pstree`.
public func deadlock() async throws {
  let loop = try runningLoop()
  // The left one is made before the right one exists, so it gets it through a future.
  let introduction = loop.makeFuture(of: RunnerTask<Void>.self, label: "introduction")
  let left = try loop.makeTask(named: "left") {
    let right = try await introduction.awaitValue()
    try await right.awaitValue()
  }
  let right = try loop.makeTask(named: "right") {
    try await left.awaitValue()
  }
  try introduction.resolve(right)
  _ = try await gather([left, right])
}
