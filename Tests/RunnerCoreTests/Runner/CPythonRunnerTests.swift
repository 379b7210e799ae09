import RunnerCore
import RunnerCoreTesting
import Testing

/// What CPython's own tests of its runner ask for and no other suite does.
@Suite(.timeLimit(.minutes(1))) struct CPythonRunnerTests {
  struct CleanupFailure: Error {}
  struct FancyExit: Error {}

  private static let variable = ContextVariable("cpython", default: -1)

  private func configuration(_ reports: Recorder<LoopReport>) -> Runner.Configuration {
    Runner.Configuration(makeLoop: {
      let loop = EventLoop.virtualTime()
      loop.exceptionHandler = { reports.note($0) }
      return loop
    })
  }

  @Test func `Runner.run cancels what main leaves hanging`() throws {
    let reports = Recorder<LoopReport>()
    let (value, leftover) = try Runner.run(configuration: configuration(reports)) {
      let loop = try #require(EventLoop.running)
      return (123, try loop.makeTask { try await sleep(0.1) })
    }
    #expect(value == 123)
    #expect(leftover.isCancelled)
    #expect(reports.events.isEmpty)
  }

  @Test
  func
    `Runner.run closes the generator of a task whose cleanup fails, and main's error comes out`()
    throws
  {
    let reports = Recorder<LoopReport>()
    let seen = Recorder<String>()
    #expect(throws: FancyExit.self) {
      try Runner.run(configuration: configuration(reports)) {
        let loop = try #require(EventLoop.running)
        try loop.makeTask(named: "lazyboy") {
          let spinner = RunnerGenerator<Int> { yield in
            defer { seen.note("generator closed") }
            while true {
              try await yield(1)
              try await sleep(1)
            }
          }
          do { for try await _ in spinner {} } catch { throw CleanupFailure() }
        }
        try await sleep(0)
        throw FancyExit()
      }
    }
    #expect(seen.events == ["generator closed"])
    #expect(reports.events.compactMap(\.error).count { $0 is CleanupFailure } == 1)
  }

  @Test func `a run can return the context that earlier runs have set`() throws {
    try withRunner { runner in
      for (earlier, new) in [(-1, 1), (1, 2)] {
        let seen = try runner.run {
          let before = Self.variable.value
          try await sleep(0)
          Self.variable.set(new)
          return before
        }
        #expect(seen == earlier)
      }
      let context = try runner.run { RunnerContext.current }
      #expect(context[Self.variable] == 2)
    }
  }
}
