import RunnerCore
import RunnerCoreTesting
import Testing

/// The body of a `timeout` is a task of its own that nobody can tell from the caller.
@Suite(.timeLimit(.minutes(1))) struct ScopeTests {
  @Test func `case 69: a scope begins within the step and goes on within the one that ends it`()
    throws
  {
    try Runner.virtual().run {
      let loop = try #require(EventLoop.running)
      let start = loop.iterations
      let began = try await timeout(.seconds(1)) { loop.iterations }
      #expect(began == start)
      #expect(loop.iterations == start)

      let ended = try await timeout(.seconds(1)) {
        try await sleep(0)
        return loop.iterations
      }
      #expect(ended == start + 1)
      #expect(loop.iterations == ended)
    }
  }

  @Test func `no other code runs between the end of a scope and its caller`() throws {
    try Runner.virtual().run {
      let loop = try #require(EventLoop.running)
      let seen = Recorder<String>()
      try await timeout(.seconds(1)) {
        try await timeout(.seconds(1)) {
          try await sleep(0)
          try loop.schedule { seen.note("callback") }
          seen.note("inner")
        }
        seen.note("outer")
      }
      seen.note("caller")
      try await sleep(0)
      #expect(seen.events == ["inner", "outer", "caller", "callback"])
    }
  }

  @Test func `a request that was made before the scope is delivered in it`() throws {
    try Runner.virtual().run {
      let task = try #require(AnyRunnerTask.current)
      task.cancel()
      let caught = try await timeout(.seconds(1)) {
        do {
          try await sleep(0)
          return false
        } catch { return true }
      }
      #expect(caught)
      #expect(task.uncancel() == 0)
    }
  }

  @Test func `a scope in a child of a task group works as in the task itself`() throws {
    try Runner.virtual().run {
      let loop = try #require(EventLoop.running)
      let values = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...3 {
          group.addTask {
            try await timeout(.seconds(9)) {
              try await sleep(Double(number))
              #expect(EventLoop.running === loop)
              return number
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(values == [1, 2, 3])
    }
  }

  @Test func `a request at the end of a scope is delivered at its caller's next await`() throws {
    try Runner.virtual().run {
      let task = try #require(AnyRunnerTask.current)
      let value = try await timeout(.seconds(1)) {
        try await sleep(0)
        task.cancel()
        return 1
      }
      #expect(value == 1)
      await #expect(throws: CancellationError.self) { try await sleep(0) }
      #expect(task.uncancel() == 0)
      try await sleep(0)
    }
  }

  @Test func `a request that nothing in the scope heard is delivered after it`() throws {
    try Runner.virtual().run {
      let loop = try #require(EventLoop.running)
      let resume = Recorder<UnsafeContinuation<Void, Never>>()
      let task = try loop.makeTask {
        let value = try await timeout(.seconds(100)) {
          await withUnsafeContinuation { resume.note($0) }
          return 1
        }
        #expect(value == 1)
        try await sleep(10)
        Issue.record("must not come here")
      }
      try await sleep(1)
      task.cancel()
      resume.events[0].resume()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(loop.now == LoopInstant(nanoseconds: 1_000_000_000))
    }
  }
}
