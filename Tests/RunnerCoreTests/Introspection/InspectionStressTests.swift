import Foundation
import RunnerCoreTesting
import Synchronization
import Testing

@testable import RunnerCore

/// Two threads look a thousand times a second while tasks come and go as fast as they can.
///
/// A few rounds by default; `RUNNER_STRESS_SECONDS` lets it go on for so long, and say now and then how
/// much memory the process has.
@Suite(.serialized, .timeLimit(.minutes(30))) struct InspectionStressTests {
  @Test func `what is seen of tasks that come and go always fits together, and nothing is kept`()
    async throws
  {
    try await onOwnThread { try stress() }
  }

  private func stress() throws {
    let runner = Runner(.init(name: "stress"))
    let loop = try runner.loop
    let births = Births()
    let over = Atomic<Bool>(false)
    let watchers = (0..<2).map { Watcher(of: LocalInspector([runner]), number: $0) }
    let threads = watchers.map { watcher in
      startThread {
        while !over.load(ordering: .acquiring) {
          watcher.look()
          // A pace, not a wait for anything.
          usleep(1000)
        }
      }
    }
    let pace = Pace()
    let samples = try runner.run {
      var samples: [WeakTask] = []
      while pace.goesOn() {
        samples.append(WeakTask(try await births.round(on: loop)))
        if samples.count > 1000 { samples.removeFirst(500) }
      }
      return samples
    }
    over.store(true, ordering: .releasing)
    for thread in threads { thread.join() }

    pace.tell("at the end: \(births.made) tasks, \(watchers.map(\.looks)) looks")
    #expect(watchers.flatMap(\.failures).isEmpty)
    #expect(watchers.allSatisfy { $0.looks > 0 })
    #expect(births.held == 0)
    // Nobody holds a task that has ended, no child is remembered, no wait of one is left.
    #expect(samples.filter { $0.task != nil }.isEmpty)
    #expect(loop.registry.liveCount == 0)
    _ = TaskPicture(of: loop, natives: .exact)
    #expect(loop.childNumbers.count == 0)
    #expect(loop.childWaits.count == 0)
    try runner.close()
  }
}

private struct WeakTask: Sendable {
  weak let task: AnyRunnerTask?

  init(_ task: AnyRunnerTask) { self.task = task }
}

/// How long it goes on; used by one thread at a time.
private final class Pace: @unchecked Sendable {
  private let seconds = ProcessInfo.processInfo.environment["RUNNER_STRESS_SECONDS"].flatMap(
    Double.init)
  private let start = ContinuousClock.now
  private var rounds = 0
  private var nextWord = 0.0

  func goesOn() -> Bool {
    rounds += 1
    guard let seconds else { return rounds <= 100 }
    let passed = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    if passed >= nextWord {
      nextWord += seconds / 20
      tell("after \(Int(passed)) s and \(rounds) rounds")
    }
    return passed < seconds
  }

  /// Says how much memory the process has, when somebody waits for it.
  func tell(_ moment: String) {
    guard seconds != nil else { return }
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let resident = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
    print("\(moment): \(resident)")
  }
}

/// Makes tasks of all kinds, and counts what their bodies hold.
private final class Births: Sendable {
  private final class Token: Sendable {
    let births: Births

    init(_ births: Births) {
      self.births = births
      births.heldCell.add(1, ordering: .relaxed)
      births.madeCell.add(1, ordering: .relaxed)
    }

    deinit { births.heldCell.subtract(1, ordering: .relaxed) }
  }

  private let heldCell = Atomic<Int>(0)
  private let madeCell = Atomic<Int>(0)

  /// How many bodies of tasks hold something.
  var held: Int { heldCell.load(ordering: .relaxed) }

  var made: Int { madeCell.load(ordering: .relaxed) }

  /// Makes some tasks, waits for their ends, and returns one of them.
  func round(on loop: EventLoop) async throws -> AnyRunnerTask {
    var tasks: [RunnerTask<Void>] = []
    for number in 0..<40 {
      let token = Token(self)
      let task = try loop.makeTask(named: "kind \(number % 8)") { [earlier = tasks.last] in
        defer { withExtendedLifetime(token) {} }
        switch number % 8 {
        case 0: for _ in 0..<3 { try await sleep(0) }
        case 1: try await timeout(.seconds(60)) { try await sleep(0.0001) }
        case 2: _ = try await earlier?.value
        case 3:
          async let one: Void = sleep(0)
          async let other: Void = sleep(0.0001)
          _ = try await (one, other)
        case 4:
          try await withRunnerTaskGroup { group in
            for _ in 0..<3 { _ = try group.makeTask { try await sleep(0) } }
          }
        case 5:
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await sleep(0.0001) } }
            try await group.waitForAll()
          }
        case 6: try await sleep(60)
        default: _ = try await gatherResults([earlier].compactMap { $0 })
        }
      }
      tasks.append(task)
    }
    for _ in 0..<2 { try await sleep(0) }
    for number in tasks.indices where number % 8 == 6 { tasks[number].cancel() }
    _ = try await gatherResults(tasks)
    return tasks[0]
  }
}

/// One of those who look: what it saw that cannot be.
private final class Watcher: @unchecked Sendable {
  private let inspector: LocalInspector
  private let number: Int
  /// Read when the thread has ended.
  private(set) var looks = 0
  private(set) var failures: [String] = []

  init(of inspector: LocalInspector, number: Int) {
    self.inspector = inspector
    self.number = number
  }

  func look() {
    looks += 1
    do {
      let ended = Set(try inspector.history(TaskQuery()).tasks.map(\.id))
      let listing = try inspector.tasks(TaskQuery(includesToolTasks: true))
      check(listing, endedBefore: ended)
      switch (looks + number) % 8 {
      case 0:
        if let task = listing.tasks.randomElement() {
          _ = try? inspector.stack(of: task.id)
          _ = try? inspector.context(of: .task(task.id))
        }
      case 4:
        if let task = listing.tasks.randomElement() { _ = try? inspector.explanation(of: task.id) }
      case 6: _ = try inspector.loop(of: "stress")
      default: break
      }
    } catch { fail("\(error)") }
  }

  private func check(_ listing: TaskListing, endedBefore: Set<TaskID>) {
    var tasks: [TaskID: TaskSnapshot] = [:]
    for task in listing.tasks {
      if tasks.updateValue(task, forKey: task.id) != nil { fail("\(task.id) is listed twice") }
      if endedBefore.contains(task.id) { fail("\(task.id) had ended and is listed") }
    }
    // Beside a step, each task is right by itself only.
    guard listing.consistency == .exact else { return }
    for task in listing.tasks {
      if !task.state.isLive { fail("\(task.id) is \(task.state)") }
      if task.role == .child, let parent = task.parent, tasks[parent] == nil {
        fail("\(task.id) is listed without its parent \(parent)")
      }
      for other in AwaitTargets(of: task)?.tasks ?? [] {
        guard let awaited = tasks[other], task.wait?.holder == nil else { continue }
        if !awaited.awaitedBy.contains(task.id) {
          fail("\(task.id) waits for \(other), which does not say so")
        }
      }
      for other in task.awaitedBy where tasks[other] == nil {
        fail("\(task.id) is awaited by \(other), which is not listed")
      }
    }
  }

  private func fail(_ what: String) {
    if failures.count < 20 { failures.append(what) }
  }
}
