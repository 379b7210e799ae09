import Glibc
import RunnerCore
import Synchronization

extension Kind {
  /// What Swift itself has for a task to wait for.
  static func awaitsOfSwift() -> Group {
    Group(
      title: "Awaits of Swift's own",
      kinds: [
        Kind("An `async let`") { stage in try stage.make { try await user() } },
        Kind("A child that `async let` made", of: .child) { stage in
          try stage.make { try await user() }
        },
        Kind("The next result of a task group") { stage in
          try stage.make { await crowd(stage.gate) }
        },
        Kind("A child of a task group, with a name", of: .child) { stage in
          try stage.make { await crowd(stage.gate) }
        },
        Kind("The value of a plain `Task`") { stage in
          let other = Task { await stage.gate.pass() }
          try stage.make { await other.value }
        },
        Kind("A continuation") { stage in
          try stage.make { await stage.gate.pass() }
        },
        Kind("`Task.sleep`") { stage in
          try stage.make { try await Task.sleep(for: .seconds(3600)) }
        },
        Kind("An `AsyncStream`") { stage in
          let numbers = AsyncStream<Int> { _ in }
          try stage.make { for await number in numbers { _ = number } }
        },
        Kind("An actor that is busy") { stage in
          let clerk = Clerk()
          clerk.keepBusy()
          try stage.make { await clerk.serve() }
        },
        Kind("A wait inside of an actor") { stage in
          let clerk = Clerk()
          try stage.make { await clerk.wait(at: stage.gate) }
        },
        Kind("A wait at the end of many calls") { stage in
          try stage.make { _ = try await report() }
        },
      ])
  }
}

func page(_ number: Int) async throws -> Int {
  try await sleep(60)
  return number
}

func user() async throws {
  async let first = page(1)
  async let second = page(2)
  _ = try await (first, second)
}

func crowd(_ gate: Gate) async {
  await withTaskGroup(of: Void.self) { group in
    for number in 1...3 { group.addTask(name: "worker \(number)") { await gate.pass() } }
    for await _ in group {}
  }
}

struct Report {
  static func summary() async throws -> Int { try await chapter(1) + 1 }
  private static func chapter(_ number: Int) async throws -> Int { try await page(number) + 1 }
}

func report() async throws -> Int { try await Report.summary() + 1 }

/// A door that nobody opens.
final class Gate: Sendable {
  private let waiting = Mutex<[UnsafeContinuation<Void, Never>]>([])

  func pass() async {
    await withUnsafeContinuation { continuation in waiting.withLock { $0.append(continuation) } }
  }
}

actor Clerk {
  private var served = 0

  func serve() { served += 1 }

  func wait(at gate: Gate) async {
    await gate.pass()
    served += 1
  }

  /// Lets a thread of Swift's pool stay inside of the actor, and returns once it is there.
  nonisolated func keepBusy() {
    let isInside = Flag()
    Task.detached { await self.stay(isInside) }
    isInside.wait()
  }

  private func stay(_ isInside: Flag) {
    isInside.set()
    while true { pause() }
  }
}

/// What one thread tells another once.
final class Flag: Sendable {
  private let isSet = Atomic(false)

  func set() { isSet.store(true, ordering: .releasing) }

  func wait() { while !isSet.load(ordering: .acquiring) { sched_yield() } }
}
