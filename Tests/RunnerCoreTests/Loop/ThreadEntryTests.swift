import RunnerCore
import RunnerCoreTesting
import Testing

/// What other threads hand to a loop: nothing is lost, and the order of the calls is kept.
@Suite(.timeLimit(.minutes(1))) struct ThreadEntryTests {
  @Test func `what is made while the loop stands still begins in the order of the calls`() throws {
    let seen = Recorder<String>()
    let runner = Runner()
    let loop = try runner.loop
    try loop.makeTask { seen.note("task a") }
    try loop.schedule { seen.note("callback b") }
    try loop.makeTask { seen.note("task c") }
    try loop.scheduleThreadSafe { seen.note("callback d") }
    try loop.schedule { seen.note("callback e") }
    try runner.run { try await sleep(0) }
    #expect(seen.events == ["task a", "callback b", "task c", "callback d", "callback e"])
    try runner.close()
  }

  @Test func `tasks made by another thread while the loop runs begin in the order of the calls`()
    throws
  {
    let runner = Runner()
    let seen = Recorder<Int>()
    try runner.run {
      let loop = try runner.loop
      let all = loop.makeFuture(of: Void.self)
      let thread = startThread {
        for number in 0..<2000 { _ = try? loop.makeTask { seen.note(number) } }
        _ = try? loop.makeTask { try all.resolve(()) }
      }
      try await all.value
      thread.join()
    }
    #expect(seen.events == Array(0..<2000))
    try runner.close()
  }

  @Test func `each call from another thread wakes a loop that has just gone to sleep`() throws {
    let runner = Runner()
    let loop = try runner.loop
    let rounds = Recorder<Int>()
    let thread = startThread {
      for round in 0..<3000 {
        _ = try? loop.scheduleThreadSafe { rounds.note(round) }
        while rounds.events.count <= round {}
      }
      loop.stop()
    }
    try loop.runForever()
    thread.join()
    #expect(rounds.events.count == 3000)
    try runner.close()
  }

  @Test func `stop from another thread ends a loop that waits`() throws {
    let loop = EventLoop()
    for _ in 0..<200 {
      let thread = startThread {
        while loop.phase != .waiting {}
        loop.stop()
      }
      try loop.runForever()
      thread.join()
    }
    #expect(loop.phase == .idle)
    try loop.close()
  }

  @Test func `stop while the loop stands still does not make close spin`() throws {
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      try loop.makeTask {
        do { try await sleep(3600) } catch { try await sleep(0.05) }
      }
      try await sleep(0)
    }
    let before = loop.iterations
    loop.stop()
    let report = try runner.close()
    #expect(report.finishedTasks == 1)
    #expect(loop.iterations - before < 50)
  }

  @Test func `whenDone from eight other threads is called once for each`() throws {
    let runner = Runner()
    let count = Recorder<Int>()
    try runner.run {
      let task = try runner.loop.makeTask { try await sleep(0.005) }
      let threads = (0..<8).map { thread in
        startThread { for _ in 0..<500 { task.whenDone { count.note(thread) } } }
      }
      try await task.value
      for thread in threads { thread.join() }
      while count.events.count < 4000 { try await sleep(0.001) }
    }
    #expect(count.events.count == 4000)
    try runner.close()
  }

  @Test func `case 76: value, error and cancellation of what another thread submits go both ways`()
    throws
  {
    struct Failure: Error {}
    let runner = Runner()
    let loop = try runner.loop
    let seen = Recorder<String>()
    let thread = startThread {
      /// Submits a body, lets the thread do something, and waits for the end.
      func submit(
        _ body: @escaping @Sendable () async throws -> Int,
        then action: (RunnerTask<Int>) -> Void = { _ in }
      ) {
        let ended = Latch()
        guard let task = try? loop.makeTask(body) else { return }
        task.whenDone { ended.open() }
        action(task)
        _ = ended.wait()
        do {
          seen.note("\(try task.outcome())")
        } catch { seen.note("\(type(of: error))") }
      }
      submit { 7 }
      submit { throw Failure() }
      submit { throw CancellationError() }
      submit {
        do { try await sleep(3600) } catch {
          seen.note("cancelled from outside")
          throw error
        }
        return 0
      } then: { task in
        while task.state != .suspended {}
        task.cancel()
      }
      loop.stop()
    }
    try loop.runForever()
    thread.join()
    #expect(
      seen.events == [
        "7", "Failure", "CancellationError", "cancelled from outside", "CancellationError",
      ])
    try runner.close()
  }

  @Test func `a plain Task on the pool awaits a runner's task`() async throws {
    let runner = Runner()
    let loop = try runner.loop
    let task = try loop.makeTask {
      try await sleep(0.005)
      return 7
    }
    let waiting = Task.detached { try await task.value }
    try await onOwnThread { try runner.run { _ = try await task.value } }
    #expect(try await waiting.value == 7)
    try runner.close()
  }

  @Test func `a plain Task that awaits a task which close gave up gets an error`() async throws {
    let runner = Runner(.init(name: "gone"))
    let loop = try runner.loop
    let task = try loop.makeTask {
      while true { try? await sleep(3600) }
    }
    try runner.run { try await sleep(0) }
    let waiting = Task.detached { try await task.value }
    let report = try runner.close(deadline: .milliseconds(50))
    #expect(report.refusedTasks.map(\.id) == [task.id])
    let error = await #expect(throws: RunnerError.self) { try await waiting.value }
    #expect(error?.code == .closed)
    #expect(
      error?.message
        == "Task \(task.id) (\(task.name)) will never end: its event loop 'gone' is closed; make a new"
        + " task in an open one.")
  }

  @Test func `a continuation resumed by another thread goes on in the loop's thread`() throws {
    let runner = Runner()
    try runner.run {
      let loop = try runner.loop
      let threads = Recorder<JoinableThread>()
      for round in 0..<200 {
        let value = await withCheckedContinuation { continuation in
          threads.note(startThread { continuation.resume(returning: round) })
        }
        #expect(value == round)
        #expect(EventLoop.running === loop)
      }
      for thread in threads.events { thread.join() }
    }
    try runner.close()
  }

  @Test func `two runners run on two threads at once`() throws {
    let seen = Recorder<Int>()
    let threads = (0..<2).map { number in
      startThread {
        _ = try? Runner.run {
          for _ in 0..<100 {
            try await sleep(0.0001)
            seen.note(number)
          }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(seen.events.filter { $0 == 0 }.count == 100)
    #expect(seen.events.filter { $0 == 1 }.count == 100)
  }

  @Test func `case 19: a task of a runner on another thread is awaited through a plain Task only`()
    throws
  {
    let other = Runner(.init(name: "other"))
    let task = try other.loop.makeTask {
      try await sleep(0.005)
      return "from the other"
    }
    let thread = startThread { _ = try? other.run { _ = try await task.value } }
    let value = try Runner.run {
      let value = try await Task.detached { try await task.value }.value
      let late = try await task.value  // It has ended.
      #expect(late == value)
      let endless = try other.loop.makeTask { try await sleep(3600) }
      let error = await #expect(throws: RunnerError.self) { try await endless.value }
      #expect(error?.code == .foreignLoop)
      return value
    }
    thread.join()
    #expect(value == "from the other")
    try other.close()
  }
}
