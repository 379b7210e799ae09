import Glibc
import RunnerCore

extension Kind {
  /// What the library has for a task to wait for.
  static func awaitsOfTheLibrary() -> Group {
    Group(
      title: "Awaits of the library's",
      kinds: [
        Kind("`sleep`") { stage in try stage.make { try await sleep(60) } },
        Kind("`sleep(0)`", .soon) { stage in
          try stage.make { while true { try await sleep(0) } }
        },
        Kind("The value of a task") { stage in
          let other = try stage.loop.makeTask(named: "other") { try await page(1) }
          try stage.make { _ = try await other.value }
        },
        Kind("A future") { stage in
          let reply = stage.loop.makeFuture(of: Int.self, label: "reply")
          try stage.make { _ = try await reply.value }
        },
        Kind("`gather`") { stage in
          try stage.make { _ = try await gather(await page(1), await page(2)) }
        },
        Kind("`wait(for:)`") { stage in
          let tasks = try (1...6).map { number in
            try stage.loop.makeTask { try await page(number) }
          }
          try stage.make { _ = try await wait(for: tasks, until: .firstCompleted) }
        },
        Kind("The children of a task group of the library's") { stage in
          try stage.make {
            try await withRunnerTaskGroup { group in
              try group.makeTask(named: "left") { _ = try await page(1) }
              try group.makeTask(named: "right") { _ = try await page(2) }
            }
          }
        },
        Kind("`timeout`") { stage in
          try stage.make { _ = try await timeout(.seconds(30)) { try await page(1) } }
        },
        Kind("`shield`") { stage in
          try stage.make { _ = try await shield { try await page(1) } }
        },
        Kind("`toThread`", .beside(isOnThread)) { stage in
          try stage.make { try await toThread { while true { pause() } } }
        },
        Kind("Input on a descriptor") { stage in
          let descriptor = try Pipe.reading(as: 40)
          try stage.make { try await stage.loop.waitUntilReadable(descriptor) }
        },
        Kind("Room for output on a descriptor") { stage in
          let descriptor = try Pipe.writing(as: 41)
          try stage.make { try await stage.loop.waitUntilWritable(descriptor) }
        },
        Kind("A generator's next value") { stage in
          let pages = RunnerGenerator<Int>(label: "pages") { yield in
            try await yield(try await page(1))
          }
          try stage.make { _ = try await pages.next() }
        },
      ] + sharedObjects())
  }

  private static let isOnThread: @Sendable (Explanation) -> Bool = { explanation in
    if case .work(_, _, .running)? = explanation.links.first?.reason { true } else { false }
  }

  /// What tasks share.
  private static func sharedObjects() -> [Kind] {
    [
      Kind("A lock") { stage in
        let lock = RunnerLock(label: "db")
        try stage.loop.makeTask(named: "holder") { try await lock.withLock { try await sleep(60) } }
        try stage.make { try await lock.withLock {} }
      },
      Kind("An event") { stage in
        let event = RunnerEvent(label: "go")
        try stage.make { try await event.wait() }
      },
      Kind("A condition") { stage in
        let condition = RunnerCondition(label: "changed")
        try stage.make { try await condition.withLock { try await condition.wait() } }
      },
      Kind("A semaphore") { stage in
        let semaphore = RunnerSemaphore(1, label: "slots")
        try stage.loop.makeTask(named: "holder") {
          try await semaphore.withSlot { try await sleep(60) }
        }
        try stage.make { try await semaphore.withSlot {} }
      },
      Kind("A barrier") { stage in
        let barrier = RunnerBarrier(parties: 2, label: "start")
        try stage.make { _ = try await barrier.wait() }
      },
      Kind("An item of a queue") { stage in
        let jobs = RunnerQueue<Int>(label: "jobs")
        try stage.make { _ = try await jobs.get() }
      },
      Kind("Room in a queue") { stage in
        let jobs = RunnerQueue<Int>(maxSize: 1, label: "jobs")
        try jobs.putNow(1)
        try stage.make { try await jobs.put(2) }
      },
      Kind("The end of the work on a queue") { stage in
        let jobs = RunnerQueue<Int>(label: "jobs")
        try jobs.putNow(1)
        try stage.make { try await jobs.join() }
      },
    ]
  }
}

/// Descriptors with numbers that do not depend on what else is open.
enum Pipe {
  /// Nothing can be read from it.
  static func reading(as number: Int32) throws -> Int32 { dup2(try make()[0], number) }

  /// Nothing can be written to it any more.
  static func writing(as number: Int32) throws -> Int32 {
    let descriptor = dup2(try make()[1], number)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let bytes = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, bytes, bytes.count) > 0 {}
    return descriptor
  }

  private static func make() throws -> [Int32] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw RunnerError(.system, "There is no pipe to be had.") }
    return ends
  }
}
