import RunnerCore

/// Runners and tasks: being made, waiting, going on, ending.
extension Workload {
  static let life: [Workload] = [
    Workload("a_cycle", 2_000, body: { count in for _ in 0..<count { try Runner.run {} } }),
    Workload(
      "b_run", 20_000,
      body: { count in
        try withRunner { runner in for _ in 0..<count { try runner.run {} } }
      }),
    Workload("c_seq", 100_000, body: { count in try onLoop { try await spawn(count, on: $0) } }),
    Workload(
      "c_seq_instrument", 100_000,
      body: { count in
        try onLoop { loop in
          loop.addInstrument(Silent())
          try await spawn(count, on: loop)
        }
      }),
    Workload(
      "c_seq_measuring", 100_000,
      body: { count in
        try onLoop { loop in
          loop.isMeasuring = true
          try await spawn(count, on: loop)
        }
      }),
    Workload("c_batch", 100_000, body: { try batches($0, of: $0) }),
    Workload("c_batch1k", 100_000, body: { try batches($0, of: 1_000) }),
    Workload("d_yield_1", 200_000, body: { try yields($0, tasks: 1) }),
    Workload("d_yield_10", 200_000, body: { try yields($0, tasks: 10) }),
    Workload("d_yield_10000", 200_000, body: { try yields($0, tasks: 10_000) }),
    Workload("e_timers", 100_000, body: { try timers($0) }),
    Workload("e_timers_1m", 1_000_000, body: { try timers($0) }),
    Workload(
      "g_future", 100_000,
      body: { count in
        // Two tasks, each of which waits for the future that the other one resolves.
        try onLoop { loop in
          let table = Table(loop: loop)
          let other = try loop.makeTask {
            for _ in 0..<count / 2 {
              try await table.ping.value
              table.ping = loop.makeFuture()
              try table.pong.resolve(())
            }
          }
          for _ in 0..<count / 2 {
            try table.ping.resolve(())
            try await table.pong.value
            table.pong = loop.makeFuture()
          }
          try await other.value
        }
      }),
    Workload(
      "g_queue", 100_000,
      body: { count in
        // Two tasks, each of which waits for the item that the other one puts.
        try onLoop { loop in
          let (pings, pongs) = (RunnerQueue<Int>(), RunnerQueue<Int>())
          let other = try loop.makeTask {
            for _ in 0..<count / 2 { try await pongs.putNow(pings.get()) }
          }
          for number in 0..<count / 2 {
            try pings.putNow(number)
            _ = try await pongs.get()
          }
          try await other.value
        }
      }),
    Workload(
      "f_cancel", 100_000, isUsedUp: true,
      prepare: { count in
        let sleepers = try Sleepers(count)
        return { try sleepers.cancel() }
      }),
  ]

  private static func spawn(_ count: Int, on loop: EventLoop) async throws {
    for _ in 0..<count { try await loop.makeTask {}.value }
  }

  private static func batches(_ count: Int, of size: Int) throws {
    try onLoop { loop in
      for _ in 0..<count / size {
        var tasks: [RunnerTask<Void>] = []
        tasks.reserveCapacity(size)
        for _ in 0..<size { tasks.append(try loop.makeTask {}) }
        for task in tasks { try await task.value }
      }
    }
  }

  /// Tasks that sleep for 300 to 400 ms: all are made before the first one wakes, if that takes no longer.
  private static func timers(_ count: Int) throws {
    try onLoop { loop in
      var tasks: [RunnerTask<Void>] = []
      for number in 0..<count {
        let seconds = 0.3 + Double(number * 7_919 % 1_000) / 10_000
        tasks.append(try loop.makeTask { try await sleep(seconds) })
      }
      for task in tasks { try await task.value }
    }
  }

  private static func yields(_ count: Int, tasks: Int) throws {
    try onLoop { loop in
      var made: [RunnerTask<Void>] = []
      for _ in 0..<tasks {
        made.append(try loop.makeTask { for _ in 0..<count / tasks { try await sleep(0) } })
      }
      for task in made { try await task.value }
    }
  }
}

/// An instrument that is told everything and does nothing.
private final class Silent: RunnerInstrument {}

/// Where the two players of `g_future` meet; used on one loop only.
private final class Table: @unchecked Sendable {
  var ping: RunnerFuture<Void>
  var pong: RunnerFuture<Void>

  init(loop: EventLoop) {
    ping = loop.makeFuture()
    pong = loop.makeFuture()
  }
}

/// Tasks that sleep and are to be cancelled.
private final class Sleepers: Sendable {
  private let runner = Runner()
  private let tasks: [RunnerTask<Void>]

  init(_ count: Int) throws {
    let loop = try runner.loop
    tasks = try runner.run {
      let tasks = try (0..<count).map { _ in try loop.makeTask { try await sleep(3_600) } }
      try await sleep(0)
      return tasks
    }
  }

  func cancel() throws {
    try runner.run { [tasks] in
      for task in tasks { task.cancel() }
      for task in tasks { _ = try? await task.value }
    }
    _ = try runner.close()
  }
}
