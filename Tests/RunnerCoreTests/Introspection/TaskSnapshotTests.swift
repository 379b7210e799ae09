import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TaskSnapshotTests {
  struct Failure: Error {}

  private func inRunner(
    _ body: sending @escaping (EventLoop, LocalInspector) async throws -> Void
  ) throws {
    let runner = Runner.virtual(name: "seen")
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    try runner.run { try await body(loop, inspector) }
    try runner.close()
  }

  @Test func `a task is created, suspended, ready, running and finished`() throws {
    try inRunner { loop, inspector in
      let own = Recorder<TaskState>()
      let gate = loop.makeFuture(of: Void.self, label: "gate")
      let task = try loop.makeTask(named: "t") {
        if let id = AnyRunnerTask.current?.id { own.note(try inspector.task(id).state) }
        try await gate.value
      }
      #expect(try inspector.task(task.id).state == .created)
      #expect(try inspector.task(task.id).steps == 0)
      try await sleep(1)
      let suspended = try inspector.task(task.id)
      #expect(suspended.state == .suspended)
      #expect(suspended.age == .seconds(1))
      #expect(suspended.steps == 1)
      #expect(suspended.runner == "seen")
      #expect(suspended.parent == AnyRunnerTask.current?.id)
      #expect(suspended.creationSite?.fileName == "TaskSnapshotTests.swift")
      #expect(suspended.wait?.subject == .future(gate.number, label: "gate"))
      #expect(suspended.wait?.elapsed == .seconds(1))
      try gate.resolve(())
      #expect(try inspector.task(task.id).state == .ready)
      #expect(try inspector.task(task.id).wait == nil)
      try await task.value
      #expect(own.events == [.running])
      try await sleep(2)
      let ended = try inspector.task(task.id)
      #expect(ended.state == .finished)
      #expect(ended.age == .seconds(1))
      #expect(ended.ending?.outcome == .returned(nil))
      #expect(ended.ending?.elapsed == .seconds(2))
    }
  }

  @Test func `a sleeping task shows its timer and its line`()
    throws
  {
    try inRunner { loop, inspector in
      let line = #line + 1
      let sleeper = try loop.makeTask { try await sleep(10) }
      try await sleep(1)
      let wait = try #require(try inspector.task(sleeper.id).wait)
      guard case .timer(let remaining) = wait.subject else {
        Issue.record("\(wait)")
        return
      }
      #expect(remaining == .seconds(9))
      #expect(wait.site?.fileID == "RunnerCoreTests/TaskSnapshotTests.swift")
      #expect(wait.site?.line == line)
      #expect(wait.timeoutRemaining == nil)
      sleeper.cancel()
      try await sleep(0)
    }
  }

  @Test func `case 134: awaited tasks name their awaiters, and no longer when they have ended`()
    throws
  {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask { try await sleep(10) }
      let other = try loop.makeTask { try await sleep(20) }
      let single = try loop.makeTask { try await inner.value }
      let gathering = try loop.makeTask { try await gather([inner, other]) }
      try await sleep(1)
      #expect(try inspector.task(inner.id).awaitedBy == [single.id, gathering.id])
      #expect(try inspector.task(other.id).awaitedBy == [gathering.id])
      #expect(try inspector.task(single.id).wait?.subject == .task(inner.id))
      #expect(try inspector.task(gathering.id).wait?.subject == .tasks([inner.id, other.id]))
      try await single.value
      #expect(try inspector.task(inner.id).awaitedBy == [])
      #expect(try inspector.task(other.id).awaitedBy == [gathering.id])
      _ = try await gathering.value
    }
  }

  @Test func `a timeout is folded into the task that called it`() throws {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask { try await sleep(3600) }
      let task = try loop.makeTask {
        try await timeout(.seconds(60)) {
          try await timeout(.seconds(30)) { try await inner.value }
        }
      }
      try await sleep(1)
      let snapshot = try inspector.task(task.id)
      #expect(snapshot.state == .suspended)
      #expect(snapshot.wait?.subject == .task(inner.id))
      #expect(snapshot.wait?.timeoutRemaining == .seconds(29))
      #expect(try inspector.task(inner.id).awaitedBy == [task.id])
      let all = try inspector.tasks(TaskQuery(includesToolTasks: true))
      #expect(all.total == 3)
      let withParts = try inspector.tasks(TaskQuery(includesToolTasks: true, includesParts: true))
      #expect(withParts.total == 5)
      let parts = withParts.tasks.filter { $0.role == .tool }
      #expect(parts.map(\.name) == ["timeout", "timeout"])
      #expect(parts.map(\.parent) == [task.id, task.id])
      #expect(try inspector.runners()[0].liveTasks == 3)
      task.cancel()
      _ = try? await task.value
    }
  }

  @Test func `a task that waits for a descriptor or outside of the library says so`() throws {
    let pipe = try TestPipe()
    defer { pipe.close() }
    let runner = Runner(.init(name: "pipes"))
    let inspector = LocalInspector([runner])
    try runner.run {
      let loop = try runner.loop
      let reader = try loop.makeTask { try await loop.waitUntilReadable(pipe.reading) }
      let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
      let line = #line + 1
      let outside = try loop.makeTask { for await _ in stream {} }
      try await sleep(0.001)
      let wait = try #require(try inspector.task(reader.id).wait)
      #expect(wait.subject == .readable(descriptor: pipe.reading))
      #expect(wait.site?.fileName == "TaskSnapshotTests.swift")
      let foreign = try inspector.task(outside.id).wait
      #expect(foreign?.subject == .outside(.stream))
      #expect(foreign?.site?.line == line)
      let descriptors = try inspector.loop(of: "pipes").descriptors
      #expect(
        descriptors == [
          .init(
            number: pipe.reading, watchesReading: true, watchesWriting: false, reader: reader.id)
        ])
      pipe.write("x")
      continuation.finish()
      try await reader.value
      try await outside.value
      #expect(try inspector.loop(of: "pipes").descriptors.isEmpty)
    }
    try runner.close()
  }

  @Test func `requests to cancel and their message are shown, live and ended`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask {
        do { try await sleep(10) } catch {
          try? await sleep(10)
          throw error
        }
      }
      try await sleep(0)
      task.cancel(message: "enough")
      try await sleep(1)
      #expect(try inspector.task(task.id).cancellationRequests == 1)
      #expect(try inspector.task(task.id).cancellationMessage == "enough")
      _ = try? await task.value
      #expect(try inspector.task(task.id).ending?.outcome == .cancelled(message: "enough"))
    }
  }

  @Test func `an error counts as unread until somebody looks`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask { throw Failure() }
      try await sleep(0)
      #expect(try inspector.runners()[0].unreadErrors == 1)
      #expect(try inspector.task(task.id).ending?.wasRead == false)
      #expect(throws: Failure.self) { try task.outcome() }
      #expect(throws: Failure.self) { try task.outcome() }
      #expect(try inspector.runners()[0].unreadErrors == 0)
      #expect(try inspector.task(task.id).ending?.wasRead == true)
      #expect(
        try inspector.task(task.id).ending?.outcome
          == .failed(ErrorSnapshot(type: "Failure", message: "Failure()")))
    }
  }
}
