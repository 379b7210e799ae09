import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct LoopSnapshotTests {
  @Test func `an idle loop is pictured exactly`() throws {
    let runner = Runner(.init(name: "idle"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    try loop.schedule {}
    try loop.schedule(after: .seconds(60)) {}
    let snapshot = try inspector.loop(of: "idle")
    #expect(snapshot.phase == .idle)
    #expect(snapshot.consistency == .exact)
    #expect(snapshot.clock == "monotonic")
    #expect(snapshot.thread == nil)
    #expect(snapshot.ready == 1)
    #expect(snapshot.timerCount == 1)
    #expect(snapshot.timers.map(\.task) == [nil])
    #expect(snapshot.step == nil)
    try runner.close()
    #expect(try inspector.loop(of: "idle").phase == .closed)
    #expect(try inspector.runners()[0].phase == .closed)
  }

  @Test func `a waiting loop shows whose timers it waits for`() throws {
    let runner = Runner(.init(name: "waiting"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    let pictures = Recorder<LoopSnapshot>()
    let thread = startThread {
      while loop.phase != .waiting {}
      if let picture = try? inspector.loop(of: "waiting") { pictures.note(picture) }
      loop.stop()
    }
    let task = try loop.makeTask { try await sleep(3600) }
    try loop.runForever()
    thread.join()
    let picture = try #require(pictures.events.first)
    #expect(picture.consistency == .exact)
    #expect(picture.thread != nil)
    #expect(picture.timers.first?.task == task.id)
    #expect(picture.liveTasks == 1)
    try runner.close()
  }

  @Test func `a loop shows who waits for which descriptor`() throws {
    let runner = Runner(.init(name: "descriptors"))
    let loop = try runner.loop
    let (first, second) = (try TestPipe(), try TestPipe())
    try runner.run {
      let reader = try loop.makeTask { try await loop.waitUntilReadable(first.reading) }
      try loop.addReader(second.reading) {}
      try await sleep(0)
      let shown = loop.snapshot().descriptors.filter {
        $0.number == first.reading || $0.number == second.reading
      }
      #expect(shown.count == 2)
      #expect(shown.first { $0.number == first.reading }?.reader == reader.id)
      #expect(shown.first { $0.number == second.reading }?.reader == nil)
      #expect(shown.allSatisfy { $0.watchesReading && !$0.watchesWriting && $0.writer == nil })
      reader.cancel()
      loop.removeReader(second.reading)
    }
    first.close()
    second.close()
    try runner.close()
  }

  @Test func `a loop shows the threads of its default pool and what they do`() throws {
    let runner = Runner(.init(name: "pool"))
    let loop = try runner.loop
    #expect(loop.snapshot().threadPool == nil)
    loop.defaultExecutor = RunnerThreadPool(name: "files", threadLimit: 1)
    let began = Latch()
    let release = Latch()
    try runner.run {
      let tasks = try (0..<12).map { _ in
        try loop.makeTask {
          try await toThread {
            began.open()
            _ = release.wait(limit: .seconds(30))
          }
        }
      }
      try await sleep(0)
      #expect(began.wait(limit: .seconds(30)))
      let pool = try #require(loop.snapshot().threadPool)
      #expect(pool.name == "files")
      #expect(pool.threads == 1)
      #expect(pool.limit == 1)
      #expect(pool.idle == 0)
      #expect(pool.queued == 11)
      #expect(pool.jobs.count == 10)
      #expect(pool.jobs.first?.thread == "files_0")
      #expect(pool.jobs.last?.thread == nil)
      #expect(pool.jobs.allSatisfy { $0.site?.fileName == "LoopSnapshotTests.swift" })
      release.open()
      for task in tasks { try await task.value }
    }
    try runner.close()
  }

  @Test func `a loop that is stuck in a step is answered for by the one who asks`() async throws {
    // On a thread of its own: the foreign await needs one of the pool's.
    try await onOwnThread { try lookAtStuckLoop() }
  }

  private func lookAtStuckLoop() throws {
    let runner = Runner(.init(name: "stuck"))
    let inspector = LocalInspector([runner])
    let loop = try runner.loop
    let clock = ContinuousClock()
    let made = clock.now
    let stuck = Latch()
    let release = Latch()
    let task = try loop.makeTask(named: "busy") {
      // A foreign await first: the step that follows it is the task's all the same.
      await Task {}.value
      stuck.open()
      _ = release.wait(limit: .seconds(30))
    }
    let thread = startThread { _ = try? runner.run { try await task.value } }
    #expect(stuck.wait(limit: .seconds(30)))
    let began = clock.now
    _ = Latch().wait(limit: .milliseconds(1500))
    let asked = clock.now
    let listing = try inspector.tasks(TaskQuery())
    let picture = try inspector.loop(of: "stuck")
    let one = try inspector.task(task.id)
    #expect(listing.consistency == .sampled)
    #expect(listing.tasks.map(\.name).contains("busy"))
    #expect(picture.consistency == .sampled)
    #expect(picture.phase == .running)
    #expect(picture.step?.task == task.id)
    let elapsed = try #require(picture.step?.elapsed)
    #expect(elapsed >= asked - began - .milliseconds(20))
    #expect(elapsed < clock.now - made + .milliseconds(20))
    #expect(one.state == .running)
    release.open()
    thread.join()
    try runner.close()
  }

  @Test func `eight threads look while thousands of tasks come and go`() throws {
    let runner = Runner(.init(name: "busy"))
    let inspector = LocalInspector([runner])
    _ = try runner.loop
    let done = Latch()
    let looks = Recorder<Int>()
    let threads = (0..<8).map { number in
      startThread {
        for _ in 0..<40 {
          if done.wait(limit: .zero) { break }
          let all = try? inspector.tasks(TaskQuery(order: .name, limit: 20))
          if let first = all?.tasks.first { _ = try? inspector.task(first.id) }
          _ = try? inspector.loop(of: "busy")
          _ = try? inspector.history(TaskQuery(limit: 10))
          _ = try? inspector.runners()
          looks.note(all?.total ?? -1)
        }
      }
    }
    try runner.run {
      for _ in 0..<20 {
        let tasks = try (0..<200).map { number in
          try runner.loop.makeTask {
            try await timeout(.seconds(5)) { try await sleep(Double(number % 7) * 0.0002) }
          }
        }
        for task in tasks where task.id.number % 5 == 0 { task.cancel(message: "some") }
        _ = try await gatherResults(tasks)
      }
    }
    done.open()
    for thread in threads { thread.join() }
    #expect(looks.events.allSatisfy { $0 >= 0 })
    #expect(try inspector.runners()[0].liveTasks == 0)
    try runner.close()
  }
}
