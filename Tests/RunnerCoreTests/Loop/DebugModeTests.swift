import Glibc
import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct DebugModeTests {
  struct Failure: Error {}

  /// The reports of a debugging loop whose clock moves only when it is told to.
  private func reports(
    debug: Bool = true,
    _ body: sending @escaping (EventLoop, VirtualClock) async throws -> Void
  ) throws -> [LoopReport] {
    let reports = Recorder<LoopReport>()
    let clock = VirtualClock()
    let runner = Runner(
      .init(debug: debug, makeLoop: { EventLoop.virtualTime(clock: clock) }))
    let loop = try runner.loop
    loop.exceptionHandler = { reports.note($0) }
    try runner.run { try await body(loop, clock) }
    try runner.close()
    return reports.events
  }

  @Test(arguments: [true, false])
  func `case 7: the configuration decides whether the loop debugs`(debug: Bool) throws {
    let own = try withRunner(.init(debug: debug)) { try $0.loop.isDebugging }
    #expect(own == debug)
    let other = try withRunner(
      .init(debug: debug, makeLoop: { EventLoop(isDebugging: !debug) })
    ) { try $0.loop.isDebugging }
    #expect(other == debug)
  }

  @Test func `case 7: a configuration that says nothing leaves the loop as it is`() throws {
    for debug in [true, false] {
      let other = try withRunner(.init(makeLoop: { EventLoop(isDebugging: debug) })) {
        try $0.loop.isDebugging
      }
      #expect(other == debug)
    }
  }

  @Test func `case 7: a loop's own default is the environment's`() async {
    await #expect(processExitsWith: .success) {
      for (value, debugs) in [("1", true), ("", false)] {
        setenv("RUNNER_DEBUG", value, 1)
        let own = try withRunner { try $0.loop.isDebugging }
        #expect(own == debugs)
        #expect(EventLoop().isDebugging == debugs)
        #expect(!EventLoop(isDebugging: false).isDebugging)
        let told = try withRunner(.init(debug: false)) { try $0.loop.isDebugging }
        #expect(!told)
      }
      unsetenv("RUNNER_DEBUG")
      #expect(!EventLoop().isDebugging)
    }
  }

  @Test func `case 126: a slow callback is reported once, with the line that scheduled it`() throws
  {
    let line = #line + 2
    let reports = try reports { loop, clock in
      try loop.schedule { clock.advance(by: .milliseconds(120)) }
      try await sleep(1)
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1)
    #expect(
      report.message
        == "Executing callback scheduled in \(#function) at DebugModeTests.swift:\(line)"
        + " took 0.120 seconds")
    #expect(report.callback?.line == line)
  }

  @Test func `case 126: a slow step is reported with its task`() throws {
    let numbers = Recorder<TaskID>()
    let reports = try reports { loop, clock in
      let task = try loop.makeTask(named: "busy") {
        clock.advance(by: .milliseconds(99))
        try await sleep(0)
        clock.advance(by: .milliseconds(100))
        try await sleep(1)
        clock.advance(by: .seconds(61))
      }
      numbers.note(task.id)
      try await task.value
    }
    #expect(reports.map(\.task) == [numbers.events[0], numbers.events[0]])
    let first = try #require(reports.first?.message)
    #expect(first.hasPrefix("Executing <Task \(numbers.events[0]) 'busy' suspended, waiting for"))
    #expect(first.hasSuffix("> took 0.100 seconds"))
    let second = try #require(reports.last?.message)
    #expect(second.hasPrefix("Executing <Task \(numbers.events[0]) 'busy' finished, made in"))
    #expect(second.hasSuffix("> took 61.000 seconds"))
  }

  @Test func `case 126: the limit can be set, and below it nothing is reported`() throws {
    let reports = try reports { loop, clock in
      #expect(loop.slowStepDuration == .milliseconds(100))
      loop.slowStepDuration = .seconds(2)
      try loop.schedule { clock.advance(by: .milliseconds(1999)) }
      try await sleep(0)
      clock.advance(by: .milliseconds(1999))
      try await sleep(0)
      clock.advance(by: .milliseconds(2000))
    }
    #expect(reports.count == 1)
    #expect(reports.first?.message.hasSuffix("took 2.000 seconds") == true)
  }

  @Test func `case 126: without debug mode nothing slow is reported, and it can be switched on`()
    throws
  {
    let reports = try reports(debug: false) { loop, clock in
      clock.advance(by: .seconds(1))
      try await sleep(0)
      loop.isDebugging = true
      try await sleep(0)
      clock.advance(by: .seconds(3))
      try await sleep(0)
      loop.isDebugging = false
      try await sleep(0)
      clock.advance(by: .seconds(1))
    }
    #expect(reports.count == 1)
    #expect(reports.first?.message.hasSuffix("took 3.000 seconds") == true)
  }

  @Test
  func `case 127: in debug mode a schedule from another thread is refused while the loop runs`()
    throws
  {
    let runner = Runner(.init(debug: true))
    let loop = try runner.loop
    let errors = Recorder<RunnerError?>()
    try runner.run {
      let told = loop.makeFuture(of: Void.self)
      let thread = startThread {
        for schedule: () throws -> ScheduledCallback in [
          { try loop.schedule {} }, { try loop.schedule(after: .zero) {} },
          { try loop.schedule(at: loop.now) {} },
        ] {
          do {
            _ = try schedule()
            errors.note(nil)
          } catch { errors.note(error as? RunnerError) }
        }
        _ = try? loop.scheduleThreadSafe { try told.resolve(()) }
      }
      try await told.value
      thread.join()
    }
    let expected =
      "Non-thread-safe operation invoked on an event loop other than the current one; call"
      + " scheduleThreadSafe on the loop 'runner' from here."
    #expect(errors.events.map { $0?.message } == [expected, expected, expected])
    #expect(errors.events.allSatisfy { $0?.code == .wrongThread })
    // While no thread runs the loop, nobody can be disturbed.
    startThread { errors.note((try? loop.schedule {}) == nil ? nil : RunnerError(.closed, "no")) }
      .join()
    #expect(errors.events.last??.code == .closed)
    try runner.close()
  }

  @Test func `case 127: without debug mode it is accepted`() throws {
    let runner = Runner(.init(debug: false))
    let loop = try runner.loop
    let value = try runner.run {
      let made = loop.makeFuture(of: Int.self)
      let thread = startThread { _ = try? loop.schedule { try made.resolve(7) } }
      defer { thread.join() }
      return try await made.value
    }
    #expect(value == 7)
    try runner.close()
  }

  @Test func `case 128: reports say where the callback, the task or the future was made`() throws {
    let line = #line
    let reports = try reports { loop, clock in
      try loop.schedule { throw Failure() }
      try loop.makeTask { throw Failure() }
      try loop.makeFuture(of: Int.self).fail(Failure())
      let slow = try loop.makeTask { clock.advance(by: .seconds(1)) }
      try await slow.value
      try await sleep(0)
    }
    let places = reports.map { ($0.callback ?? $0.creationSite)?.line ?? 0 - line }
    #expect(places.sorted() == [line + 2, line + 3, line + 4, line + 5])
    #expect(
      reports.allSatisfy { report in
        report.text.contains("\(#function) at DebugModeTests.swift:")
      })
  }
}
