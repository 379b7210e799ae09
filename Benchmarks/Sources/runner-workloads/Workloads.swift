import Glibc
import RunnerCore

/// One thing to measure: the letters are those of the performance specification.
struct Workload: Sendable {
  let name: String
  let operations: Int
  let body: @Sendable (Int) throws -> Void

  static let all: [Workload] = [
    Workload(name: "a_cycle", operations: 2_000) { count in
      for _ in 0..<count { try Runner.run {} }
    },
    Workload(name: "b_run", operations: 20_000) { count in
      try withRunner { runner in for _ in 0..<count { try runner.run {} } }
    },
    Workload(name: "c_seq", operations: 100_000) { count in
      try onLoop { loop in for _ in 0..<count { try await loop.makeTask {}.value } }
    },
    Workload(name: "c_batch1k", operations: 100_000) { count in
      try onLoop { loop in
        for _ in 0..<count / 1_000 {
          var tasks: [RunnerTask<Void>] = []
          tasks.reserveCapacity(1_000)
          for _ in 0..<1_000 { tasks.append(try loop.makeTask {}) }
          for task in tasks { try await task.value }
        }
      }
    },
    Workload(name: "d_yield_1", operations: 200_000) { try yields($0, tasks: 1) },
    Workload(name: "d_yield_10", operations: 200_000) { try yields($0, tasks: 10) },
    Workload(name: "d_yield_10000", operations: 200_000) { try yields($0, tasks: 10_000) },
    Workload(name: "g_future", operations: 100_000) { count in
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
    },
    Workload(name: "f_cancel", operations: 100_000) { count in
      try onLoop { loop in
        var tasks: [RunnerTask<Void>] = []
        for _ in 0..<count { tasks.append(try loop.makeTask { try await sleep(3_600) }) }
        try await sleep(0)
        for task in tasks { task.cancel() }
        for task in tasks { _ = try? await task.value }
      }
    },
  ]

  private static func yields(_ count: Int, tasks: Int) throws {
    try onLoop { loop in
      var made: [RunnerTask<Void>] = []
      for _ in 0..<tasks {
        made.append(try loop.makeTask { for _ in 0..<count / tasks { try await sleep(0) } })
      }
      for task in made { try await task.value }
    }
  }

  private static func onLoop(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    try withRunner { runner in
      let loop = try runner.loop
      nonisolated(unsafe) let body = body
      try runner.run { try await body(loop) }
    }
  }
}

/// Where the two players of `g_future` meet; used on one loop only.
private final class Table: @unchecked Sendable {
  var ping: RunnerFuture<Void>
  var pong: RunnerFuture<Void>

  init(loop: EventLoop) {
    ping = loop.makeFuture()
    pong = loop.makeFuture()
  }
}
