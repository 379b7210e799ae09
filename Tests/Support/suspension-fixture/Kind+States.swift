import Glibc
import RunnerCore

extension Kind {
  /// Tasks that do not wait, and tasks that are no more.
  static func states() -> Group {
    Group(
      title: "Tasks that do not wait",
      kinds: [
        Kind("Not begun", .atOnce) { stage in try stage.make { _ = try await page(1) } },
        Kind("Running", .beside(isBlocked)) { stage in try stage.make { spin() } },
        Kind("Running, in a `read` that has no end", .beside(isBlocked)) { stage in
          let descriptor = try Pipe.reading(as: 40)
          try stage.make { readByte(from: descriptor) }
        },
        Kind("Running, in a `nanosleep`", .beside(isBlocked)) { stage in
          try stage.make { doze() }
        },
        Kind("Returned") { stage in try stage.make {} },
        Kind("Failed") { stage in try stage.make { throw Refusal(reason: "no such page") } },
        Kind("Cancelled") { stage in
          try stage.make { _ = try await page(1) }.cancel(message: "not needed")
        },
        Kind("Asked to end, and waits in its cleanup") { stage in
          let task = try stage.make {
            do {
              _ = try await page(1)
            } catch {
              try await sleep(30)
            }
          }
          try stage.loop.schedule { task.cancel(message: "not needed") }
        },
      ])
  }

  private static let isBlocked: @Sendable (Explanation) -> Bool = { explanation in
    if case .blocked = explanation.loop { true } else { false }
  }

  /// What the loop does while the task waits.
  static func loops() -> Group {
    Group(
      title: "What the loop does meanwhile",
      kinds: [
        Kind("Two tasks wait for each other") { stage in
          let found = stage.loop.makeFuture(of: RunnerTask<Void>.self)
          let first = try stage.make { try await found.value.value }
          try found.resolve(try stage.loop.makeTask(named: "other") { try await first.value })
        },
        Kind("Another task holds up the loop", .beside(isBlocked)) { stage in
          try stage.make { _ = try await page(1) }
          try stage.loop.makeTask(named: "other") { spin() }
        },
        Kind("Nothing inside of the loop can wake the task", .beside { $0.loop == .stalled }) {
          stage in
          let reply = stage.loop.makeFuture(of: Int.self, label: "reply")
          try stage.make { _ = try await reply.value }
        },
        Kind("Nobody runs the loop", .afterwards) { stage in
          try stage.make { _ = try await page(1) }
        },
      ])
  }
}

struct Refusal: Error {
  var reason: String
}

/// Keeps its thread busy.
func spin() {
  while true { sched_yield() }
}

func readByte(from descriptor: Int32) {
  var byte: UInt8 = 0
  _ = read(descriptor, &byte, 1)
}

func doze() {
  var time = timespec(tv_sec: 3600, tv_nsec: 0)
  _ = nanosleep(&time, nil)
}
