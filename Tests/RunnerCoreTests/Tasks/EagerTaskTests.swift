import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct EagerTaskTests {
  struct Failure: Error {}

  @Test func `case 96: an eager task runs up to its first suspension inside makeTask`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let before = loop.iterations
      let task = try loop.makeTask(named: "eager", eagerStart: true) {
        seen.note("began \(AnyRunnerTask.current?.name ?? "nobody")")
        try await sleep(0)
        seen.note("went on \(AnyRunnerTask.current?.name ?? "nobody")")
      }
      seen.note("made by \(AnyRunnerTask.current?.name ?? "nobody")")
      #expect(loop.iterations == before)
      #expect(loop.tasks.contains { $0 === task })
      #expect(task.state == .ready)
      try await task.value
      #expect(
        seen.events == [
          "began eager", "made by \(AnyRunnerTask.current?.name ?? "")", "went on eager",
        ])
    }
  }

  @Test func `case 96: an eager task that never suspends is done when makeTask returns`() throws {
    try inVirtualRunner { loop in
      let value = try loop.makeTask(eagerStart: true) { 42 }
      #expect(value.isDone)
      #expect(try value.outcome() == 42)
      let failed = try loop.makeTask(eagerStart: true) { throw Failure() }
      #expect(failed.state == .failed)
      #expect(throws: Failure.self) { try failed.outcome() }
      #expect(!loop.tasks.contains { $0 === value || $0 === failed })
    }
  }

  @Test func `case 96: an eager task has a copy of the context`() throws {
    let variable = ContextVariable("v", default: 0)
    try inVirtualRunner { loop in
      variable.set(1)
      let task = try loop.makeTask(eagerStart: true) {
        variable.set(variable.value + 1)
        return variable.value
      }
      #expect(try task.outcome() == 2)
      #expect(variable.value == 1)
      let shared = SharedRunnerContext()
      try loop.makeTask(context: shared, eagerStart: true) { variable.set(7) }
      #expect(shared.value[variable] == 7)
      #expect(variable.value == 1)
    }
  }

  @Test func `case 96: an eager task that is made by a callback begins in it`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let done = loop.makeFuture(of: Void.self)
      try loop.schedule {
        try loop.makeTask(named: "inner", eagerStart: true) {
          seen.note("in \(AnyRunnerTask.current?.name ?? "nobody")")
          try await sleep(0)
          try done.resolve(())
        }
        seen.note("callback of \(AnyRunnerTask.current?.name ?? "nobody")")
      }
      try await done.value
      #expect(seen.events == ["in inner", "callback of nobody"])
    }
  }

  @Test func `eager tasks can be nested, and each goes on by itself`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let outer = try loop.makeTask(named: "outer", eagerStart: true) {
        let inner = try loop.makeTask(named: "inner", eagerStart: true) {
          seen.note("inner 1")
          try await sleep(1)
          seen.note("inner 2")
          return "i"
        }
        seen.note("outer 1 \(AnyRunnerTask.current?.name ?? "")")
        try await sleep(2)
        seen.note("outer 2 \(AnyRunnerTask.current?.name ?? "")")
        return try await inner.value + "o"
      }
      #expect(try await outer.value == "io")
      #expect(seen.events == ["inner 1", "outer 1 outer", "inner 2", "outer 2 outer"])
    }
  }

  @Test func `an eager task that suspends in foreign code comes back to the loop`() throws {
    try inVirtualRunner { loop in
      let task = try loop.makeTask(eagerStart: true) {
        await Task.yield()
        #expect(EventLoop.running === loop)
        await hop()
        #expect(EventLoop.running === loop)
        async let child = hop()
        await child
        #expect(EventLoop.running === loop)
        try await sleep(1)
        return AnyRunnerTask.current?.id
      }
      #expect(try await task.value == task.id)
    }
  }

  @Test func `an eager task can be cancelled at its first suspension`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask(eagerStart: true) {
        do { try await sleep(10) } catch {
          seen.note("cancelled")
          throw error
        }
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["cancelled"])
    }
  }

  @Test func `a task that another thread asks to start eagerly begins in the next iteration`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let task = try loop.makeTask(eagerStart: true) { EventLoop.running === loop }
    #expect(!task.isDone)
    #expect(try runner.run { try await task.value })
    try runner.close()
  }

  @Test func `case 97: with an eager factory the main task itself starts as usual`() throws {
    let runner = Runner(
      Runner.Configuration(makeLoop: {
        let loop = EventLoop.virtualTime()
        loop.taskFactory = EagerTaskFactory()
        return loop
      }))
    let loop = try runner.loop
    let seen = Recorder<String>()
    try loop.schedule { seen.note("callback") }
    try runner.run {
      seen.note("main")
      let task = try loop.makeTask { seen.note("eager") }
      #expect(task.isDone)
      let usual = try loop.makeTask(eagerStart: false) {}
      #expect(!usual.isDone)
      try await usual.value
    }
    #expect(seen.events == ["callback", "main", "eager"])
    try runner.close()
  }

  @Test func `case 27: a task factory makes the main task and is given its context`() throws {
    let factory = RecordingFactory()
    let runner = Runner.virtual()
    try runner.loop.taskFactory = factory
    let context = SharedRunnerContext()
    try runner.run(named: "main", context: context) {
      try await EventLoop.running?.makeTask(named: "child") {}.value
    }
    #expect(factory.names.events == ["main", "child"])
    #expect(factory.contexts.events.first === context)
    #expect(factory.contexts.events.last !== context)
    try runner.loop.taskFactory = nil
    try runner.run(named: "later") {}
    #expect(factory.names.events.count == 2)
    try runner.close()
  }

  private struct RecordingFactory: RunnerTaskFactory {
    let names = Recorder<String?>()
    let contexts = Recorder<SharedRunnerContext>()

    func makeTask<Success: Sendable>(
      _ request: TaskRequest, _ body: sending @escaping () async throws -> Success
    ) -> RunnerTask<Success> {
      names.note(request.name)
      contexts.note(request.context)
      return request.makeTask(body)
    }
  }
}

/// Gives way to the loop as code of another module does.
@concurrent private func hop() async {
  await Task.yield()
}
