import RunnerCore

/// Seats n philosophers at a round table with a fork between each two; each takes the left fork, thinks
/// for a moment, and waits for the right one: nobody ever eats.
///
/// Demonstrates a deadlock through locks: each task holds one and waits for one that its neighbour
/// holds. `tree` draws the circle with who holds what, `why` says it in a sentence, and cancelling one
/// of them frees its fork for the others. In asyncio: an `asyncio.Lock` for each fork, and silence.
public func philosophers(_ n: Int) async throws {
  let loop = try runningLoop()
  let forks = (1...n).map { RunnerLock(label: "fork \($0)") }
  var guests: [RunnerTask<Void>] = []
  for seat in 1...n {
    let (left, right) = (forks[seat - 1], forks[seat % n])
    let guest = try loop.makeTask(named: "philosopher \(seat)") {
      try await left.withLock {
        try await sleep(0.1)
        try await right.withLock { print("philosopher \(seat) eats") }
      }
    }
    guests.append(guest)
  }
  _ = try await gather(guests)
}
