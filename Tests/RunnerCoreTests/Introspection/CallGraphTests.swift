import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallGraphTests {
  private func inRunner(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run(named: "main") { try await body(loop) }
    try runner.close()
  }

  /// The names of those that wait for the subject of a graph, with theirs in parentheses.
  private func names(_ graph: CallGraph) -> String {
    graph.awaitedBy.map { awaiter in
      guard case .task(_, let name) = awaiter.subject else { return "?" }
      return awaiter.awaitedBy.isEmpty ? name : "\(name) (\(names(awaiter)))"
    }.joined(separator: ", ")
  }

  @Test func `case 134: a task that is awaited plainly or gathered names its awaiters, and theirs`()
    throws
  {
    try inRunner { loop in
      let inner = try loop.makeTask(named: "inner") { try await sleep(10) }
      let plain = try loop.makeTask(named: "plain") { try await inner.value }
      let limited = try loop.makeTask(named: "limited") {
        try await timeout(.seconds(60)) { try await inner.value }
      }
      let gathering = try loop.makeTask(named: "gathering") {
        _ = try await gather([plain, limited])
      }
      let outer = try loop.makeTask(named: "outer") { try await gathering.awaitValue() }
      try await sleep(1)
      let graph = captureCallGraph(of: inner)
      #expect(
        names(graph) == "plain (gathering (outer)), limited (gathering)")
      #expect(graph.frames == inner.stack)
      let shared = graph.awaitedBy[0].awaitedBy[0]
      #expect(shared.subject == .task(gathering.id, name: "gathering"))
      #expect(shared.omission == nil)
      #expect(shared.awaitedBy.map(\.frames) == [outer.stack])
      #expect(graph.awaitedBy[1].awaitedBy[0].omission == .shownBefore)
      try await outer.value
      for task in [inner, plain, limited, gathering, outer] {
        let graph = captureCallGraph(of: task)
        #expect(graph.awaitedBy.isEmpty && graph.frames.isEmpty && graph.omission == nil)
      }
    }
  }

  @Test func `case 135: a future that two tasks await names both`() throws {
    try inRunner { loop in
      let gate = loop.makeFuture(of: Void.self, label: "gate")
      let line = #line + 1
      let first = try loop.makeTask(named: "first") { try await gate.awaitValue() }
      let second = try loop.makeTask(named: "second") { try await gate.awaitValue() }
      #expect(captureCallGraph(of: gate).awaitedBy.isEmpty)
      try await sleep(1)
      let graph = captureCallGraph(of: gate)
      #expect(graph.subject == .future(gate.number, label: "gate"))
      #expect(
        graph.awaitedBy.map(\.subject) == [
          .task(first.id, name: "first"), .task(second.id, name: "second"),
        ])
      #expect(graph.awaitedBy.map { $0.frames.map(\.line) } == [[line], [line + 1]])
      #expect(graph.text.hasPrefix("* Future \(gate.number) 'gate'\n  + Awaited by:\n    * Task "))
      try gate.resolve(())
      _ = try await gather([first, second])
      #expect(captureCallGraph(of: gate).text == "* Future \(gate.number) 'gate'")
    }
  }

  @Test func `case 136: a limit keeps no, the outermost or the innermost frames of each stack`()
    throws
  {
    try inRunner { loop in
      let line = #line + 1
      let inner = try loop.makeTask {
        try await timeout(.seconds(60)) {
          try await timeout(.seconds(60)) {
            try await sleep(10)
          }
        }
      }
      let outer = try loop.makeTask {
        try await timeout(.seconds(60)) { try await inner.awaitValue() }
      }
      try await sleep(1)
      let expected: [(limit: Int?, lines: [Int])] = [
        (nil, [3, 2, 1]), (0, []), (1, [1]), (2, [2, 1]), (9, [3, 2, 1]), (-1, [3]), (-2, [3, 2]),
        (.min, [3, 2, 1]),
      ]
      for (limit, lines) in expected {
        let graph = captureCallGraph(of: inner, limit: limit)
        #expect(graph.frames.map { $0.line - line } == lines)
        let count = graph.awaitedBy.first?.frames.count
        #expect(count == min(2, lines.count))
      }
      try await outer.value
    }
  }

  @Test func `case 137: outside of a loop there is an error, in a plain callback nothing`() throws {
    let error = try #require(throws: RunnerError.self) { try captureCallGraph() }
    #expect(error.code == .noRunningLoop)
    #expect(
      error.message
        == "captureCallGraph() is called outside of a running event loop and no task or future to"
        + " introspect was provided.")
    let seen = Recorder<String>()
    try inRunner { loop in
      try loop.schedule {
        seen.note(try captureCallGraph() == nil ? "nothing" : "something")
        seen.note(try formatCallGraph())
      }
      try await sleep(0)
    }
    #expect(seen.events == ["nothing", ""])
  }

  @Test func `case 138: the text indents each level, and leaves empty sections out`() throws {
    try inRunner { loop in
      let main = try #require(AnyRunnerTask.current)
      let line = #line + 1
      let inner = try loop.makeTask(named: "inner\n") {
        try await loop.makeFuture(of: Void.self).awaitValue()
      }
      let texts = Recorder<String>()
      let asking = try loop.makeTask(named: "asking") {
        try await sleep(1)
        texts.note(captureCallGraph(of: inner).text)
        texts.note(try formatCallGraph())
        inner.cancel()
      }
      _ = try? await inner.awaitValue()
      try await asking.value
      let here = "\(#function) at CallGraphTests.swift"
      #expect(
        texts.events == [
          """
          * Task \(inner.id) 'inner\\n'
            + Call stack:
            |   \(here):\(line + 1)
            + Awaited by:
              * Task \(main.id) 'main'
                + Call stack:
                |   \(here):\(line + 10)
                |   closure #1 in CallGraphTests.inRunner(_:) at CallGraphTests.swift:9
          """,
          """
          * Task \(asking.id) 'asking'
            + Call stack:
            |   \(here):\(line + 7)
          """,
        ])
    }
  }

  @Test func `case 138: the graph of the current task is printed to standard output`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      try withRunner { runner in
        try runner.run(named: "main") { try printCallGraph() }
      }
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains(" 'main'\n  + Call stack:\n  |   "))
    #expect(text.contains(" at CallGraphTests.swift:"))
  }

  @Test func `tasks that wait for each other in a circle are shown once`() throws {
    try inRunner { loop in
      let gate = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask(named: "first") { try await gate.value.value }
      let second = try loop.makeTask(named: "second") { try await first.value }
      try gate.resolve(second)
      try await sleep(1)
      let graph = captureCallGraph(of: first)
      #expect(names(graph) == "second (first)")
      #expect(graph.awaitedBy[0].awaitedBy[0].omission == .shownBefore)
      #expect(graph.text.hasSuffix("* Task \(first.id) 'first' (shown above)"))
      first.cancel()
      _ = try? await second.value
    }
  }

  @Test func `a chain is followed as deep as is asked, and says where it is cut`() throws {
    try inRunner { loop in
      var tasks = [try loop.makeTask { try await sleep(10) }]
      for _ in 0..<5000 {
        let inner = tasks[tasks.count - 1]
        tasks.append(try loop.makeTask { try await inner.value })
      }
      try await sleep(1)
      for depth in [0, 3, 100] {
        var graph = captureCallGraph(of: tasks[0], depth: depth)
        for _ in 0..<depth {
          #expect(graph.omission == nil)
          graph = try #require(graph.awaitedBy.first)
        }
        #expect(graph.subject == .task(tasks[depth].id, name: tasks[depth].name))
        #expect(graph.omission == .tooDeep)
        #expect(graph.awaitedBy.isEmpty)
      }
      try await tasks[tasks.count - 1].value
    }
  }

  @Test func `a graph can be taken from another thread`() throws {
    let runner = Runner()
    let loop = try runner.loop
    try runner.run(named: "main") {
      let texts = Recorder<String>()
      let seen = loop.makeFuture(of: Void.self, label: "seen")
      let main = try #require(AnyRunnerTask.current)
      let thread = startThread {
        while main.state != .suspended {}
        texts.note(captureCallGraph(of: seen).text)
        _ = try? loop.scheduleThreadSafe { try seen.resolve(()) }
      }
      let line = #line + 1
      try await seen.value
      thread.join()
      let text = try #require(texts.events.first)
      #expect(
        text.hasPrefix(
          "* Future \(seen.number) 'seen'\n  + Awaited by:\n    * Task \(main.id) 'main'\n"
            + "      + Call stack:\n      |   closure #1 in CallGraphTests."))
      #expect(text.hasSuffix(" at CallGraphTests.swift:\(line)"))
    }
    try runner.close()
  }
}
