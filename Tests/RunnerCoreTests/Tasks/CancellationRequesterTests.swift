import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationRequesterTests {
  private func inRunner(
    _ body: sending @escaping (EventLoop, LocalInspector) async throws -> Void
  ) throws {
    let runner = Runner.virtual(name: "lab")
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    try runner.run { try await body(loop, inspector) }
    try runner.close()
  }

  @Test func `a request names the task, the line, the reason and the time`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask { try? await sleep(10) }
      try await sleep(0)
      let asking = try loop.makeTask { _ = task.cancel(message: "enough") }
      let line = #line - 1
      try await asking.value
      try await task.value
      try await sleep(5)
      let snapshot = try inspector.task(task.id)
      #expect(snapshot.cancellationCount == 1)
      let request = try #require(snapshot.cancellations.first)
      #expect(request.requester == .task(asking.id))
      #expect(request.site?.line == line)
      #expect(request.site?.fileName == "CancellationRequesterTests.swift")
      #expect(request.message == "enough")
      #expect(request.elapsed == .seconds(5))
      let ended = try inspector.history(TaskQuery()).tasks.first { $0.id == task.id }
      #expect(ended?.cancellations == [request])
    }
  }

  @Test func `a request of a callback, of a thread and of a limit is told as that`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask {
        try? await sleep(10)
        try? await sleep(10)
        try? await timeout(.seconds(1)) { try await sleep(10) }
      }
      try await sleep(0)
      try loop.schedule { task.cancel() }
      try await sleep(0)
      try await sleep(0)
      try await loop.runInExecutor(on: RunnerThreadPool(name: "files")) {
        _ = task.cancel(message: "from elsewhere")
      }
      try await sleep(5)
      #expect(
        try inspector.task(task.id).cancellations.map(\.requester) == [
          .callback, .thread("files_0"), .timeout,
        ])
      // The limit is for the body alone.
      #expect(task.cancellationRequests == 2)
    }
  }

  @Test func `a request goes along the tasks that wait, with its maker`() throws {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask { try await sleep(10) }
      let outer = try loop.makeTask {
        try await timeout(.seconds(100)) { try await inner.value }
      }
      let gathering = try loop.makeTask { _ = try await gatherResults([outer]) }
      try await sleep(0)
      try await sleep(0)
      gathering.cancel(message: "enough")
      _ = try? await gathering.value
      let main = try #require(AnyRunnerTask.current)
      for task in [inner, outer] as [AnyRunnerTask] {
        let requests = try inspector.task(task.id).cancellations
        #expect(requests.map(\.requester) == [.task(main.id)])
        #expect(requests.map(\.message) == ["enough"])
      }
    }
  }

  @Test func `a request that came while the task ran keeps its maker`() throws {
    try inRunner { loop, inspector in
      let inner = try loop.makeTask { try await sleep(10) }
      let task = try loop.makeTask {
        AnyRunnerTask.current?.cancel(message: "myself")
        _ = try await inner.value
      }
      _ = try? await task.value
      #expect(
        try inspector.task(inner.id).cancellations.map(\.requester) == [.task(task.id)])
      #expect(try inspector.task(task.id).cancellationCount == 1)
    }
  }

  @Test func `a group's children are asked by their group`() throws {
    struct Failure: Error {}
    try inRunner { loop, inspector in
      let sibling = Recorder<TaskID>()
      await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in
          sibling.note(try group.makeTask { try await sleep(10) }.id)
          try group.makeTask { throw Failure() }
          try await sleep(100)
        }
      }
      let child = try #require(sibling.events.first)
      #expect(try inspector.task(child).cancellations.map(\.requester) == [.taskGroup])
      let main = try #require(AnyRunnerTask.current)
      #expect(try inspector.task(main.id).cancellations.map(\.requester) == [.taskGroup])
      #expect(main.cancellationRequests == 0)
    }
  }

  @Test func `close and an interrupt are told as what they are`() throws {
    let runner = Runner(.init(name: "lab"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    #expect(throws: RunnerInterrupted.self) {
      try runner.run {
        try loop.makeTask { try await sleep(100) }
        try await sleep(0)
        try loop.schedule { runner.interrupt() }
        try await sleep(100)
      }
    }
    try runner.close()
    #expect(
      try inspector.history(TaskQuery()).tasks.map { $0.cancellations.map(\.requester) } == [
        [.interrupt], [.close],
      ])
  }

  @Test func `a tool's request is told as a tool's`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask { try await sleep(10) }
      try await sleep(0)
      task.cancelForTool(message: nil)
      _ = try? await task.value
      #expect(
        try inspector.task(task.id).cancellations
          == [CancellationSnapshot(requester: .tool)])
    }
  }

  @Test func `the last eight requests are kept, and all are counted`() throws {
    try inRunner { loop, inspector in
      let task = try loop.makeTask {
        for _ in 0..<20 { try? await sleep(10) }
        try await sleep(10)
      }
      try await sleep(0)
      for number in 1...20 {
        task.cancel(message: "number \(number)")
        try await sleep(1)
        let snapshot = try inspector.task(task.id)
        #expect(snapshot.cancellationCount == number)
        let first = max(1, number - 7)
        #expect(
          snapshot.cancellations.map(\.message) == (first...number).map { "number \($0)" })
      }
      task.cancel()
      _ = try? await task.value
    }
  }
}
