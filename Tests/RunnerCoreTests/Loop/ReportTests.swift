import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReportTests {
  struct Failure: Error {}

  private static let word = ContextVariable("word", default: "none")

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  @Test func `case 73: the report of a callback that throws says where it was scheduled`() throws {
    let reports = Recorder<LoopReport>()
    let loop = EventLoop()
    loop.exceptionHandler = { reports.note($0) }
    let line = #line + 1
    try loop.schedule { throw Failure() }
    loop.stop()
    try loop.runForever()
    let report = try #require(reports.events.first)
    #expect(report.callback?.line == line)
    #expect(report.callback?.fileName == "ReportTests.swift")
    #expect(
      report.text
        == """
        Exception in callback
        callback: \(#function) at ReportTests.swift:\(line)
        error: Failure: Failure()
        """)
    try loop.close()
  }

  @Test func `case 80: a done callback that throws is reported, and the next ones are made`() throws
  {
    let reports = Recorder<LoopReport>()
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    try runner.run {
      let future = loop.makeFuture(of: Int.self)
      let task = try loop.makeTask {}
      future.whenDone { throw Failure() }
      future.whenDone { seen.note("future") }
      task.whenDone { throw Failure() }
      task.whenDone { seen.note("task") }
      try future.resolve(1)
      for _ in 0..<3 { try await sleep(0) }
    }
    #expect(seen.events == ["future", "task"])
    #expect(reports.events.map(\.message) == Array(repeating: "Exception in callback", count: 2))
    #expect(reports.events.allSatisfy { $0.error is Failure })
    #expect(reports.events.allSatisfy { $0.callback?.fileName == "ReportTests.swift" })
    try runner.close()
  }

  @Test func `case 130: a report without a message says so, and its keys are sorted`() {
    let report = LoopReport(
      error: Failure(), task: TaskID(3), details: ["zone": "a\nb", "address": "10.0.0.1"])
    #expect(
      report.text
        == """
        Unhandled exception in event loop
        address: 10.0.0.1
        error: Failure: Failure()
        task: 3
        zone: a
          b
        """)
  }

  @Test func `case 130: a handler that throws leads to the default report, with the original one`()
    async throws
  {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      let loop = EventLoop()
      loop.exceptionHandler = { _ in throw Failure() }
      loop.report(LoopReport(message: "A report.", details: ["key": "value"]))
      try loop.close()
    }
    let expected = """
      Unhandled error in exception handler
      context: A report.
        key: value
      error: Failure: Failure()

      """
    let told = text(result?.standardErrorContent)
    #expect(told.contains(expected))
  }

  @Test func `case 130: without a handler a report goes to standard error`() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      let loop = EventLoop()
      loop.report(LoopReport(message: "A report.", error: Failure()))
      try loop.close()
    }
    let told = text(result?.standardErrorContent)
    #expect(told.contains("A report.\nerror: Failure: Failure()\n"))
  }

  @Test func `case 130: a handler that throws the interrupt lets the loop be left`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { _ in throw RunnerInterrupted() }
    #expect(throws: RunnerInterrupted.self) {
      try runner.run {
        try loop.schedule { throw Failure() }
        try await sleep(3600)
      }
    }
    try runner.close()
  }

  @Test func `a handler is called in the context of the task or the callback of the report`() throws
  {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { report in
      seen.note("\(report.message): \(Self.word.value)")
      Self.word.set("changed by the handler")
    }
    try runner.run {
      Self.word.set("main")
      let task = try loop.makeTask {
        Self.word.set("task")
        try await sleep(3)
        seen.note(Self.word.value)
      }
      try await sleep(1)
      loop.report(LoopReport(message: "about a task", task: task.id))
      loop.report(LoopReport(message: "about nothing"))
      Self.word.set("callback")
      try loop.schedule { throw Failure() }
      Self.word.set("main again")
      try await task.value
    }
    #expect(
      seen.events == [
        "about a task: task", "about nothing: main", "Exception in callback: callback",
        "changed by the handler",
      ])
    try runner.close()
  }

  @Test func `a report from another thread reaches the handler on the loop's thread`() throws {
    let seen = Recorder<Bool>()
    let runner = Runner()
    let loop = try runner.loop
    loop.exceptionHandler = { _ in seen.note(EventLoop.running === loop) }
    try runner.run {
      let told = loop.makeFuture(of: Void.self)
      let thread = startThread {
        loop.report(LoopReport(message: "From elsewhere."))
        _ = try? loop.scheduleThreadSafe { try told.resolve(()) }
      }
      try await told.value
      thread.join()
    }
    #expect(seen.events == [true])
    try runner.close()
  }
}
