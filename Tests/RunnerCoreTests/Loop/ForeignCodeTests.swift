import RunnerCore
import RunnerCoreTesting
import Testing

/// Swift's own concurrency inside a runner's tasks.
@Suite(.timeLimit(.minutes(1))) struct ForeignCodeTests {
  actor Sleeper {
    func nap() async throws -> Bool {
      try await sleep(0.001)
      return EventLoop.running != nil
    }
  }

  @Test func `a task sleeps inside a default actor, on the loop's thread`() throws {
    try withRunner { runner in
      let sleeper = Sleeper()
      let isOnLoop = try runner.run { try await sleeper.nap() }
      #expect(isOnLoop)
    }
  }

  @Test func `a plain Task on the pool has no current task and no loop`() async throws {
    try await onOwnThread {
      try withRunner { runner in
        try runner.run {
          for detached in [false, true] {
            let body: @Sendable () async -> String = {
              #expect(AnyRunnerTask.current == nil)
              do { try await sleep(0) } catch {
                return "\((error as? RunnerError)?.code.name ?? "")"
              }
              return "slept"
            }
            let task = detached ? Task.detached { await body() } : Task { await body() }
            let outcome = await task.value
            #expect(outcome == "noRunningLoop")
          }
        }
      }
    }
  }

  @Test func `a descriptor that was closed while it was watched can be watched again`() throws {
    try withRunner { runner in
      try runner.run {
        let loop = try runner.loop
        let first = try TestPipe()
        try loop.addReader(first.reading) {}
        try loop.addWriter(first.writing) {}
        first.close()
        let second = try TestPipe()
        defer { second.close() }
        loop.removeWriter(first.writing)
        loop.removeReader(first.reading)
        second.write("x")
        try await loop.waitUntilReadable(second.reading)
        #expect(second.read() == "x")
      }
    }
  }

  @Test func `a stop by another thread while the loop stands still leaves one iteration`() throws {
    let loop = EventLoop()
    startThread { loop.stop() }.join()
    try loop.runForever()
    #expect(loop.iterations == 1)
    try loop.close()
  }
}
