import CRunnerRuntime
@testable import RunnerCore
import RunnerCoreTesting
import Synchronization
import Testing

/// The short ways in which Swift tasks are made and wait, beside those of Swift's runtime: nobody sees which.
@Suite(.serialized, .timeLimit(.minutes(1))) struct TaskShortcutTests {
  actor Shelf {
    func number(_ number: Int) -> Int { number }
  }

  final class Box: @unchecked Sendable {
    var number = 0
    var steps: [String] = []
  }

  /// Gives way under so many calls of itself, each of which has a frame.
  static func dive(_ depth: Int) async throws -> Int {
    let numbers = [depth, depth + 1]
    if depth == 0 {
      try await sleep(0)
      return 0
    }
    return try await dive(depth - 1) + numbers.count
  }

  static func add(to number: inout Int) async throws {
    number += 1
    try await sleep(0)
    number += 1
  }

  /// What tasks do that wait in all ways, as text.
  static func life(on runner: Runner) throws -> [String] {
    let loop = try runner.loop
    let box = Box()
    return try runner.run {
      var tasks: [RunnerTask<Void>] = []
      for name in ["a", "b"] {
        tasks.append(
          try loop.makeTask {
            for turn in 0..<3 {
              box.steps.append("\(name)\(turn)")
              try await sleep(0)
            }
          })
      }
      for task in tasks { try await task.value }

      let future = loop.makeFuture(of: Int.self)
      let reader = try loop.makeTask { try await future.value }
      try await sleep(0)
      try future.resolve(7)
      box.steps.append("future \(try await reader.value)")

      for depth in [2, 60, 3, 90, 1] {
        box.steps.append("depth \(try await loop.makeTask { try await dive(depth) }.value)")
      }

      let shelf = Shelf()
      box.steps.append("shelf \(await shelf.number(4)) \(EventLoop.running === loop)")
      async let child = EventLoop.running === loop
      box.steps.append("child \(await child)")
      let isHere = await withTaskGroup(of: Bool.self) { group in
        group.addTask { EventLoop.running === loop }
        return await group.next() ?? false
      }
      box.steps.append("group \(isHere)")

      let sleeper = try loop.makeTask { try await sleep(3_600) }
      try await sleep(0)
      sleeper.cancel()
      do { try await sleeper.value } catch { box.steps.append("\(type(of: error))") }
      return box.steps
    }
  }

  @Test func `tasks live the same life, whoever makes and suspends them`() throws {
    let expected = [
      "a0", "b0", "a1", "b1", "a2", "b2", "future 7", "depth 4", "depth 120", "depth 6",
      "depth 180",
      "depth 2", "shelf 4 true", "child true", "group true", "CancellationError",
    ]
    #expect(try Self.life(on: .virtual()) == expected)
    #expect(runner_allow_shortcuts(false), "Neither was proven.")
    defer { _ = runner_allow_shortcuts(true) }
    #expect(try Self.life(on: .virtual()) == expected)
  }

  @Test func `an access that lasts as long as a wait is no other task's`() throws {
    for _ in 0..<2 {
      let runner = Runner.virtual()
      let loop = try runner.loop
      let box = Box()
      try runner.run {
        let tasks = try (0..<3).map { _ in try loop.makeTask { try await Self.add(to: &box.number) }
        }
        for task in tasks { try await task.value }
      }
      #expect(box.number == 6)
    }
  }

  /// Which Swift task callbacks see while a run of tasks goes on around them.
  static func tasksSeenByCallbacks() throws -> [UInt] {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Mutex<[UInt]>([])
    try runner.run {
      for _ in 0..<3 {
        try loop.schedule { seen.withLock { $0.append(runner_current_task()) } }
        try await sleep(0)
      }
    }
    return seen.withLock { $0 }
  }

  @Test func `between the steps of tasks the caller's Swift task is the current one`() async throws
  {
    #expect(try await onOwnThread { try Self.tasksSeenByCallbacks() } == [0, 0, 0])
    let own = runner_current_task()
    #expect(try Self.tasksSeenByCallbacks() == [own, own, own])
  }

  @Test func `a task that waits is suspended, and prefers the loop as its executor`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let sleeper = try loop.makeTask { try await sleep(3_600) }
      try await sleep(0)
      let task = try #require(RuntimeReader.shared.task(at: sleeper.swiftTaskAddress))
      #expect(task.state == .suspended && task.dependency == nil && task.isWhole)
      #expect(task.preferredExecutor == loop.executorWords.0)
      sleeper.cancel()
    }
  }
}
