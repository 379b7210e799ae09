import RunnerCore

/// Makes n child tasks, awaits them all, and returns what they returned, in their order.
///
/// Demonstrates `gather`: the children work at the same time, so all of them together take as long
/// as one; their values come in the order of the arguments; cancelling the parent cancels every
/// child. In asyncio: `await asyncio.gather(*tasks)`.
@discardableResult
public func family(_ n: Int) async throws -> [Int] {
  let loop = try runningLoop()
  var children: [RunnerTask<Int>] = []
  for number in stride(from: 1, through: n, by: 1) {
    let child = try loop.makeTask(named: "child \(number)") {
      try await sleep(5)
      return number * number
    }
    children.append(child)
  }
  return try await gather(children)
}
