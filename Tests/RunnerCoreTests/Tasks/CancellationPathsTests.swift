import RunnerCore
import RunnerCoreTesting
import Testing

/// Ways that a request to cancel takes which are easily forgotten.
@Suite(.timeLimit(.minutes(1))) struct CancellationPathsTests {
  @Test func `a request during Task.yield is delivered at the next await of the library`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        seen.note("yields")
        await Task.yield()
        do { try await sleep(10) } catch { seen.note("cancelled") }
        try await sleep(10)
        seen.note("undisturbed")
      }
      while seen.events.isEmpty { try await sleep(0) }
      task.cancel()
      try await task.value
      #expect(seen.events == ["yields", "cancelled", "undisturbed"])
    }
  }

  @Test func `a request while a task hops to an actor of the loop reaches its next sleep`() throws {
    actor Counter {
      let loop: EventLoop
      init(loop: EventLoop) { self.loop = loop }
      nonisolated var unownedExecutor: UnownedSerialExecutor { loop.unownedExecutor }
      func nap() async throws { try await sleep(10) }
    }
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let counter = Counter(loop: loop)
      let task = try loop.makeTask {
        seen.note("hops")
        try await counter.nap()
      }
      while seen.events.isEmpty { try await sleep(0) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `cancelling one of two tasks that wait for each other ends both`() throws {
    try inVirtualRunner { loop in
      let second = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask { try await second.value.value }
      let other = try loop.makeTask { try await first.value }
      try second.resolve(other)
      try await sleep(1)
      #expect(first.state == .suspended)
      #expect(other.state == .suspended)
      first.cancel()
      _ = try await gatherResults([first, other])
      #expect(first.isCancelled)
      #expect(other.isCancelled)
      #expect(first.cancellationRequests == 1)
    }
  }

  @Test func `close ends tasks that wait for each other, also through a gather`() throws {
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let ring = loop.makeFuture(of: RunnerTask<Void>.self)
      let first = try loop.makeTask { _ = try await gather([try await ring.value]) }
      let second = try loop.makeTask { try await first.value }
      let third = try loop.makeTask { try await second.value }
      try ring.resolve(third)
      try await sleep(1)
    }
    let report = try runner.close(deadline: .seconds(5))
    #expect(report.refusedTasks.isEmpty)
    #expect(report.cancelledTasks == 3)
  }

  @Test func `a request goes down a chain of twenty thousand tasks without a deep stack`() throws {
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      var chain: [RunnerTask<Void>] = [try loop.makeTask { try await sleep(3600) }]
      for _ in 0..<20_000 {
        let last = chain[chain.count - 1]
        chain.append(try loop.makeTask { try await last.value })
      }
      try await sleep(0)
      try await sleep(0)
      chain[chain.count - 1].cancel()
      await #expect(throws: CancellationError.self) { try await chain[chain.count - 1].value }
      #expect(chain[0].isCancelled)
      #expect(chain[0].cancellationRequests == 1)
    }
    try runner.close()
  }

  @Test func `a future that is awaited by a task that is cancelled twice is cancelled once`() throws
  {
    try inVirtualRunner { loop in
      let future = loop.makeFuture(of: Int.self)
      let seen = Recorder<String>()
      let task = try loop.makeTask {
        do { _ = try await future.value } catch { seen.note("cancelled") }
        try await sleep(1)
        seen.note("undisturbed")
      }
      try await sleep(0)
      task.cancel(message: "first")
      task.cancel(message: "second")
      #expect(future.isCancelled)
      try await task.value
      #expect(seen.events == ["cancelled", "undisturbed"])
      #expect(task.cancellationRequests == 2)
    }
  }

  @Test func `a cancelled async let child passes the request on to the task it awaits`() throws {
    try inVirtualRunner { loop in
      let inner = try loop.makeTask { try await sleep(3600) }
      let outer = try loop.makeTask {
        async let child: Void = inner.value
        try await child
      }
      try await sleep(1)
      outer.cancel()
      await #expect(throws: CancellationError.self) { try await outer.value }
      try await sleep(0)
      #expect(inner.isCancelled)
    }
  }

  @Test func `a cancelled group child leaves no timeout body behind`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          do {
            try await timeout(.seconds(60)) {
              defer { seen.note("body ended") }
              try await sleep(3600)
            }
          } catch {
            seen.note("\(type(of: error))")
          }
        }
        try? await sleep(1)
        group.cancelAll()
        await group.waitForAll()
      }
      #expect(seen.events == ["body ended", "CancellationError"])
    }
  }

  @Test func `case 88: a request that is taken back inside a timeout is not delivered there`()
    throws
  {
    try inVirtualRunner { loop in
      let task = try loop.makeTask {
        try await timeout(.seconds(60)) {
          AnyRunnerTask.current?.cancel()
          #expect(AnyRunnerTask.current?.cancellationRequests == 1)
          #expect(AnyRunnerTask.current?.uncancel() == 0)
          try await sleep(1)
          return "survived"
        }
      }
      #expect(try await task.value == "survived")
    }
  }

  @Test func `a request to a task that awaits a stream ends the iteration`() throws {
    let runner = Runner()
    try runner.run {
      let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
      let task = try runner.loop.makeTask {
        var seen: [Int] = []
        for await element in stream { seen.append(element) }
        return seen
      }
      continuation.yield(1)
      try await sleep(0.001)
      #expect(task.state == .suspended)
      task.cancel()
      #expect(try await task.value == [1])
    }
    try runner.close()
  }
}
