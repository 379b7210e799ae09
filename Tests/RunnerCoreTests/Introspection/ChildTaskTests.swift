import RunnerCoreTesting
import Testing

@testable import RunnerCore

private func loadPage(_ seconds: Double) async throws -> Int {
  try await sleep(seconds)
  return 1
}

private func loadUser() async throws -> Int {
  async let first = loadPage(10)
  async let second = loadPage(20)
  return try await first + second
}

private func fetchAll(_ gate: ContinuationGate) async {
  await withTaskGroup(of: Void.self) { group in
    group.addTask(name: "named") { await waitForever(gate) }
    group.addTask { await waitForever(gate) }
    for await _ in group {}
  }
}

@Suite(.timeLimit(.minutes(1))) struct ChildTaskTests {
  private func inRunner(
    _ body: sending @escaping (EventLoop, LocalInspector) async throws -> Void
  ) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") { try await body(loop, inspector) }
    try runner.close()
  }

  private func children(_ inspector: LocalInspector) throws -> [TaskSnapshot] {
    try inspector.tasks(TaskQuery()).tasks.filter { $0.role == .child }
  }

  @Test func `children that async let makes are listed with parent, name, wait and place`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask(named: "user") { try await loadUser() }
      try await sleep(1)
      let children = try self.children(inspector)
      #expect(children.map(\.name) == ["async let loadPage(_:)", "async let loadPage(_:)"])
      #expect(children.map(\.parent) == [task.id, task.id])
      #expect(children.map(\.state) == [.suspended, .suspended])
      #expect(
        children.map { $0.wait?.subject } == [
          .timer(remaining: .seconds(9)), .timer(remaining: .seconds(19)),
        ])
      #expect(children.map { $0.wait?.site?.function } == ["loadPage(_:)", "loadPage(_:)"])
      #expect(children.map { $0.wait?.elapsed } == [.seconds(1), .seconds(1)])
      let parent = try inspector.task(task.id)
      #expect(parent.wait?.subject == .task(children[0].id))
      #expect(parent.wait?.site?.function == "loadUser()")
      #expect(children[0].awaitedBy == [task.id])
      #expect(try inspector.task(children[1].id).name == "async let loadPage(_:)")
      #expect(try await task.value == 2)
      #expect(try self.children(inspector).isEmpty)
      #expect(loop.childNumbers.count == 0)
      #expect(throws: RunnerError.self) { try inspector.task(children[0].id) }
    }
  }

  @Test func `a child keeps its number from one look to the next, and no number is used twice`()
    throws
  {
    try inRunner { loop, inspector in
      var seen = Set<TaskID>()
      for _ in 0..<3 {
        let task = try loop.makeTask { try await loadUser() }
        try await sleep(1)
        let ids = try self.children(inspector).map(\.id)
        #expect(ids.count == 2)
        #expect(try self.children(inspector).map(\.id) == ids)
        #expect(seen.isDisjoint(with: ids))
        seen.formUnion(ids)
        _ = try await task.value
      }
    }
  }

  @Test func `children of a task group are listed by their names, and awaited by their group`()
    throws
  {
    try inRunner { loop, inspector in
      let gate = ContinuationGate()
      let task = try loop.makeTask(named: "grouper") { await fetchAll(gate) }
      try await sleep(1)
      let children = try self.children(inspector)
      #expect(children.map(\.name) == ["named", "group child of fetchAll(_:)"])
      #expect(
        children.map { $0.wait?.subject } == Array(repeating: .outside(.continuation), count: 2))
      #expect(children.map { $0.wait?.site?.function } == ["waitForever(_:)", "waitForever(_:)"])
      #expect(try inspector.task(task.id).wait?.subject == .anyTask(children.map(\.id)))
      #expect(children.map(\.awaitedBy) == [[task.id], [task.id]])
      let graph = captureCallGraph(of: task)
      #expect(graph.frames.map(\.function).contains("fetchAll(_:)"))
      let byName = try inspector.tasks(TaskQuery(namePattern: "group child*"))
      #expect(byName.tasks.map(\.id) == [children[1].id])
      gate.open()
      try await task.value
    }
  }

  @Test func `children inside of a timeout and of children have the task that a person knows`()
    throws
  {
    try inRunner { loop, inspector in
      let task = try loop.makeTask(named: "deep") {
        try await timeout(.seconds(60)) {
          async let outer: Int = { @Sendable () async throws -> Int in
            async let inner = loadPage(10)
            return try await inner
          }()
          return try await outer
        }
      }
      try await sleep(1)
      let children = try self.children(inspector)
      #expect(children.count == 2)
      #expect(children.first?.parent == task.id)
      #expect(children.last?.parent == children.first?.id)
      #expect(children.first?.wait?.subject == (children.last.map { .task($0.id) }))
      let wait = try #require(try inspector.task(task.id).wait)
      #expect(wait.subject == children.first.map { .task($0.id) })
      #expect(wait.timeoutRemaining == .seconds(59))
      #expect(try await task.value == 1)
    }
  }

  @Test func `a child that awaits a task of the library's is drawn as its awaiter`() throws {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask(named: "inner") { try await sleep(10) }
      let outer = try loop.makeTask(named: "outer") {
        async let value: Void = inner.value
        try await value
      }
      try await sleep(1)
      let child = try #require(try self.children(inspector).first)
      #expect(child.wait?.subject == .task(inner.id))
      #expect(try inspector.task(inner.id).awaitedBy == [child.id])
      let graph = captureCallGraph(of: inner)
      #expect(graph.awaitedBy.map(\.subject) == [.task(child.id, name: child.name)])
      #expect(
        graph.awaitedBy.first?.awaitedBy.map(\.subject) == [.task(outer.id, name: "outer")])
      try await outer.value
    }
  }

  @Test func `what a task awaits outside of the library has a word and a line`() throws {
    try inRunner { loop, inspector in
      let gate = ContinuationGate()
      let bodies: [(OutsideWait, @Sendable () async -> Void)] = [
        (.continuation, { await waitForever(gate) }), (.continuation, { await checkedWait(gate) }),
        (.sleep, { await sleeper() }), (.stream, { await streamer(AsyncStream { _ in }) }),
        (.task, { _ = await Task.detached { await waitForever(gate) }.value }),
      ]
      for (what, body) in bodies {
        let task = try loop.makeTask { await body() }
        for _ in 0..<3 { try await sleep(1) }
        let wait = try #require(try inspector.task(task.id).wait)
        #expect(wait.subject == .outside(what))
        #expect(wait.site != nil)
        gate.open()
        task.cancel()
        while !task.isDone {
          gate.open()
          try await sleep(0)
        }
        _ = try? await task.value
      }
    }
  }

  @Test func `the value of a task has the line that asks for it`() throws {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask(named: "inner") { try await sleep(10) }
      let line = #line + 1
      let outer = try loop.makeTask(named: "outer") { try await inner.value }
      try await sleep(1)
      let wait = try #require(try inspector.task(outer.id).wait)
      #expect(wait.subject == .task(inner.id))
      #expect(wait.site?.line == line)
      #expect(wait.site?.fileName == "ChildTaskTests.swift")
      try await outer.value
    }
  }

  @Test func `a circle that goes through a child is found`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run(named: "main") {
      let gate = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask(named: "first") {
        let other = try await gate.value
        async let value: Void = other.value
        try await value
      }
      let second = try loop.makeTask(named: "second") { try await first.value }
      try gate.resolve(second)
      try await sleep(1)
      let cycle = try #require(loop.awaitCycle())
      #expect(cycle.count == 3)
      #expect(Set(cycle).isSuperset(of: [first.id, second.id]))
    }
    let report = try runner.close(deadline: .seconds(1))
    #expect(report.cancelledTasks == 2)
    #expect(report.refusedTasks.isEmpty)
  }

  @Test func `a listing with a limit counts the children that it does not show`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask(named: "user") { try await loadUser() }
      try await sleep(1)
      let listing = try inspector.tasks(TaskQuery(limit: 1))
      #expect(listing.tasks.count == 1)
      #expect(listing.total == 4)
      #expect(listing.omission.isEmpty)
      _ = try await task.value
    }
  }

  @Test func `task-locals are shown by name, with values between two steps`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask {
        try await Locals.$user.withValue("ada") { try await sleep(10) }
      }
      try await sleep(1)
      let locals = try inspector.context(of: .task(task.id)).locals
      // Those of the test's own task come after it.
      #expect(locals.first?.name == "Locals.user")
      #expect(locals.first?.value?.text == #"Optional("ada")"#)
      #expect(locals.first?.module == "RunnerCoreTests")
      try await task.value
    }
  }
}
