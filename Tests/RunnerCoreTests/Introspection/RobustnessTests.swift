import CRunnerRuntime
import Glibc
import RunnerCoreTesting
import Synchronization
import Testing

@testable import RunnerCore

private func brief(_ gate: ContinuationGate) async throws {
  async let one: Void = Task.yield()
  async let other: Void = Task.yield()
  _ = await (one, other)
}

private func readByte(_ descriptor: Int32) -> Int {
  var byte: UInt8 = 0
  let count = read(descriptor, &byte, 1)
  return count
}

private func doze() {
  var time = timespec(tv_sec: 0, tv_nsec: 400_000_000)
  _ = nanosleep(&time, nil)
}

/// Looking when it is hard: at crowds, at what changes meanwhile, at what hangs or crashes.
@Suite(.timeLimit(.minutes(2))) struct RobustnessTests {
  @Test func `tasks that come and go while they are looked at give answers, and no crash`() throws {
    let runner = Runner(.init(name: "busy"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    let looks = Atomic<Int>(0)
    let thread = startThread {
      while looks.load(ordering: .relaxed) < 200 {
        guard let tasks = try? inspector.tasks(TaskQuery()).tasks else { continue }
        for task in tasks.suffix(4) {
          _ = try? inspector.stack(of: task.id)
          _ = try? inspector.explanation(of: task.id)
          _ = try? inspector.context(of: .task(task.id))
        }
        looks.add(1, ordering: .relaxed)
      }
    }
    let gate = ContinuationGate()
    try runner.run(named: "main") {
      while looks.load(ordering: .relaxed) < 200 {
        let tasks = try (0..<4).map { _ in try loop.makeTask { try await brief(gate) } }
        for task in tasks { try await task.value }
      }
    }
    thread.join()
    #expect(loop.tasks.isEmpty)
    #expect(try inspector.tasks(TaskQuery()).tasks.isEmpty)
    #expect(loop.childNumbers.count == 0)
    try runner.close()
  }

  @Test(arguments: ["read", "clock_nanosleep"])
  func `rule 35: a loop in a system call is told within a second, with the call and the line`(
    call: String
  ) throws {
    let pipe = try TestPipe()
    defer { pipe.close() }
    let reading = pipe.reading
    _ = fcntl(reading, F_SETFL, 0)
    let runner = Runner(.init(name: "stuck"))
    let inspector = LocalInspector([runner])
    let isOver = Atomic<Bool>(false)
    let seen = Recorder<(TaskStack, Explanation, Duration)>()
    let thread = startThread {
      defer { pipe.write("x") }
      while !isOver.load(ordering: .acquiring) {
        let start = ContinuousClock.now
        guard let task = try? inspector.tasks(TaskQuery(namePattern: "stuck")).tasks.first,
          let stack = try? inspector.stack(of: task.id)
        else { continue }
        let listed = start.duration(to: .now)
        guard stack.systemCall == call, let explanation = try? inspector.explanation(of: task.id),
          case .blocked = explanation.loop
        else { continue }
        return seen.note((stack, explanation, listed))
      }
    }
    try runner.run {
      let task = try runner.loop.makeTask(named: "stuck") {
        if call == "read" { _ = readByte(reading) } else { for _ in 0..<5 { doze() } }
      }
      try await task.value
    }
    isOver.store(true, ordering: .releasing)
    thread.join()
    let (stack, explanation, elapsed) = try #require(seen.events.first)
    let function = call == "read" ? "readByte(_:)" : "doze()"
    #expect(stack.kind == .running && stack.note.isEmpty)
    // ThreadSanitizer's own read has no frame, which hides its caller.
    let names = stack.frames.filter { !$0.isFolded }.prefix(1).map(\.function)
    #expect(
      names.allSatisfy { $0 == function || $0.hasPrefix("closure #1 in") } && names.count == 1)
    #expect(explanation.links.first?.reason == .running)
    #expect(explanation.links.first?.site?.function == names.first)
    #expect(explanation.links.first?.site?.fileName == "RobustnessTests.swift")
    guard case .blocked(let step, let name) = explanation.loop else { return }
    #expect(step.systemCall == call && name == "stuck")
    // Two answers, of which each waits 100 ms for the loop.
    #expect(elapsed < .seconds(2))
    try runner.close()
  }

  @Test func `rule 33: of fifty thousand tasks a listing shows a part and counts all`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    try runner.run(named: "main") {
      for number in 0..<50_000 {
        try loop.makeTask(named: "sleeper \(number)") { try await sleep(3600) }
      }
      try await sleep(1)
      for order in TaskQuery.Order.allCases {
        let listing = try inspector.tasks(TaskQuery(order: order, limit: 50))
        #expect(listing.tasks.count == 50)
        #expect(listing.total == 50_001 && listing.matching == 50_001)
        #expect(listing.omission.isEmpty)
      }
      let last = try inspector.tasks(TaskQuery(namePattern: "sleeper 49999"))
      #expect(last.tasks.count == 1 && last.matching == 1 && last.total == 50_001)
    }
    #expect(try runner.close().cancelledTasks == 50_000)
  }

  @Test func `of fifty thousand children all are counted, or the listing says that they are not`()
    throws
  {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let gate = ContinuationGate()
      let parent = try runner.loop.makeTask(named: "parent") {
        await withTaskGroup(of: Void.self) { group in
          for _ in 0..<50_000 { group.addTask { await waitForever(gate) } }
        }
      }
      try await sleep(1)
      let listing = try inspector.tasks(TaskQuery(limit: 50))
      #expect((3...50).contains(listing.tasks.count))
      #expect(listing.total >= listing.tasks.count && listing.total <= 50_002)
      #expect(
        listing.omission
          == (listing.total == 50_002
            ? "" : "There were too many tasks to look for all child tasks in time."))
      gate.open()
      try await parent.value
    }
    try runner.close()
  }

  @Test func `long names and messages are cut in pictures, which go to other processes`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    let long = String(repeating: "é", count: 1 << 20)
    try runner.run(named: "main") {
      let loop = try runner.loop
      let task = try loop.makeTask(named: long) {
        let event = RunnerEvent(label: long)
        try? await event.wait()
        try await event.wait()
      }
      let parent = try loop.makeTask {
        await withTaskGroup(of: Void.self) { group in
          group.addTask(name: long) { try? await sleep(2) }
        }
      }
      try await sleep(1)
      let snapshot = try inspector.task(task.id)
      #expect(snapshot.name == String(repeating: "é", count: 200) + "…")
      guard case .object(.event, _, let label) = snapshot.wait?.subject else { return }
      #expect(label == snapshot.name)
      #expect(task.name == long)
      let child = try #require(try inspector.tasks(TaskQuery()).tasks.first { $0.role == .child })
      // Swift's copy is read as 256 bytes at most, and never ends inside of a character.
      #expect(child.name == String(repeating: "é", count: 126) + "…")
      task.cancel(message: long)
      try await sleep(0)
      #expect(try inspector.task(task.id).cancellationMessage?.count == 201)
      #expect(try inspector.task(task.id).cancellations.first?.message?.count == 201)
      task.cancel()
      try await parent.value
    }
    try runner.close()
  }

  @Test func `a stack overflow ends a program that is looked at with the usual signal`() throws {
    // A sanitizer, or Swift's own backtraces, would catch the signal first.
    let child = try ChildProcess(
      "inspection-fixture", "overflow",
      environment: [
        "ASAN_OPTIONS=handle_segv=0", "TSAN_OPTIONS=handle_segv=0", "SWIFT_BACKTRACE=enable=no",
      ])
    #expect(child.nextLine() == "begin")
    #expect(child.wait() == .signalled(SIGSEGV))
  }
}
