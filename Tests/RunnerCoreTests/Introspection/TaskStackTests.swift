import RunnerCoreTesting
import Synchronization
import Testing

@testable import RunnerCore

private func one() async throws { try await two() }
private func two() async throws { try await three() }
private func three() async throws { try await four() }
private func four() async throws { try await five() }
private func five() async throws { try await sleep(10) }

@inline(never)
private func spinUntil(_ stop: borrowing Atomic<Bool>) {
  while !stop.load(ordering: .relaxed) {
    // Mostly this: a sanitizer's runtime, which each look calls, hides its callers from a sample.
    var (left, count) = (10_000, 0)
    while left > 0 { (left, count) = (left &- 1, count &+ left) }
  }
}

/// What a thread may set while a loop is stuck.
private final class Flag: Sendable {
  let isSet = Atomic<Bool>(false)

  func set() { isSet.store(true, ordering: .relaxed) }
}

private func dive(_ depth: Int) async throws {
  if depth == 0 { return try await sleep(10) }
  try await dive(depth - 1)
}

@Suite(.timeLimit(.minutes(1))) struct TaskStackTests {
  @Test func `a suspended task shows every function down to the line that awaits`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let loop = try runner.loop
      let task = try loop.makeTask(named: "chain") { try await one() }
      try await sleep(1)
      let stack = try inspector.stack(of: task.id)
      #expect(stack.kind == .suspended)
      #expect(stack.note.isEmpty)
      #expect(stack.task.name == "chain")
      let shown = stack.frames.filter { !$0.isFolded }
      #expect(
        shown.prefix(5).map(\.function) == ["five()", "four()", "three()", "two()", "one()"])
      #expect(shown.count == 6)
      #expect(shown.prefix(5).map(\.line) == [11, 10, 9, 8, 7])
      #expect(shown.allSatisfy { $0.path?.hasSuffix("TaskStackTests.swift") == true })
      #expect(shown.first?.resumption == .await(1))
      #expect(stack.frames.contains { $0.isFolded })
      #expect(task.stack.first?.function == "five()")
      #expect(task.stackText.contains("three() at TaskStackTests.swift:9"))
      try await task.value
    }
    try runner.close()
  }

  @Test func `one that has not begun, one that has ended and an unknown one have own answers`()
    throws
  {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let loop = try runner.loop
      let line = #line + 1
      let fresh = try loop.makeTask(named: "fresh") { 7 }
      let before = try inspector.stack(of: fresh.id)
      #expect(before.kind == .notBegun)
      #expect(before.task.creationSite?.line == line)
      _ = try await fresh.value
      let after = try inspector.stack(of: fresh.id)
      #expect(after.kind == .ended)
      #expect(after.frames.isEmpty)
      #expect(after.task.state == .finished)
      let error = try #require(throws: RunnerError.self) {
        try inspector.stack(of: TaskID(.max))
      }
      #expect(error.code == .notFound)
      let main = try #require(AnyRunnerTask.current)
      let own = try inspector.stack(of: main.id)
      #expect(own.kind == .running)
    }
    try runner.close()
  }

  @Test(.timeLimit(.minutes(1)))
  func `a stuck loop is answered from another thread with its line`() throws {
    let runner = Runner(.init(name: "stuck"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    let entered = Latch()
    let stop = Flag()
    let seen = Recorder<(TaskStack, LoopSnapshot, TaskListing)>()
    let thread = startThread {
      _ = entered.wait()
      guard let task = try? inspector.tasks(TaskQuery(namePattern: "spinner")).tasks.first,
        let stack = try? inspector.stack(of: task.id), let loop = try? inspector.loop(of: "stuck"),
        let listing = try? inspector.tasks(TaskQuery())
      else { return stop.set() }
      seen.note((stack, loop, listing))
      stop.set()
    }
    try runner.run(named: "main") {
      let spinner = try loop.makeTask(named: "spinner") {
        entered.open()
        spinUntil(stop.isSet)
      }
      try await spinner.value
    }
    thread.join()
    let (stack, snapshot, listing) = try #require(seen.events.first)
    #expect(stack.kind == .running)
    #expect(stack.frames.contains { $0.function == "spinUntil(_:)" && $0.line != nil })
    #expect(snapshot.step?.task == stack.task.id)
    #expect(snapshot.step?.site?.fileName == "TaskStackTests.swift")
    #expect(listing.consistency == .sampled)
    try runner.close()
  }

  @Test func `a stack that is deeper than is read says that it goes on`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let task = try runner.loop.makeTask { try await dive(10_000) }
      try await sleep(1)
      let stack = try inspector.stack(of: task.id)
      #expect(stack.frames.count == 256)
      #expect(stack.note == "The stack goes on: only these functions of it are read.")
      try await task.value
    }
    try runner.close()
  }

  @Test func `a task that waits in a timeout shows the frames in it and around it`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let task = try runner.loop.makeTask {
        try await timeout(.seconds(60)) { try await five() }
      }
      try await sleep(1)
      let shown = try inspector.stack(of: task.id).frames.filter { !$0.isFolded }
      #expect(shown.first?.function == "five()")
      #expect(shown.count == 3)
      try await task.value
    }
    try runner.close()
  }

  @Test func `noted lines stand where optimized code has no frame, or no line`() {
    let noted = [
      StackFrame(SourceSite(fileID: "App/Page.swift", line: 7, function: "load()")),
      StackFrame(SourceSite(fileID: "App/Page.swift", line: 20, function: "run()")),
    ]
    let known = StackFrame(function: "closure #1 in run()", path: "/x/Page.swift", line: 21)
    let lineless = StackFrame(function: "Page.load()")
    let thunk = StackFrame(function: "load()", isFolded: true)
    #expect(
      StackFrame.join([thunk, known], noted).map(\.line) == [7, nil, 21])
    #expect(StackFrame.join([lineless, thunk, known], noted).map(\.line) == [7, nil, 21])
    #expect(StackFrame.join([thunk], noted).map(\.line) == [7, 20, nil])
    #expect(StackFrame.join([], noted) == noted)
  }

  @Test func `a child task has a stack of its own`() throws {
    let runner = Runner.virtual()
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let task = try runner.loop.makeTask {
        async let value: Void = four()
        try await value
      }
      try await sleep(1)
      let child = try #require(try inspector.tasks(TaskQuery()).tasks.first { $0.role == .child })
      let stack = try inspector.stack(of: child.id)
      #expect(stack.kind == .suspended)
      #expect(
        stack.frames.filter { !$0.isFolded }.prefix(2).map(\.function) == ["five()", "four()"])
      try await task.value
    }
    try runner.close()
  }
}
