import RunnerCore
import Testing

/// A body that fails, and a close that fails as well.
@Suite(.timeLimit(.minutes(1))) struct CloseFailureTests {
  struct BodyFailure: Error {}
  struct SelectorFailure: Error {}

  /// A selector that refuses to wait once it is told to.
  final class Refusing: LoopSelector {
    private let error: any Error
    private let base = EpollSelector()

    init(_ error: any Error) { self.error = error }

    func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
      try base.watch(descriptor, for: interest)
    }
    func watchOnce(_ descriptor: Int32, for interest: DescriptorInterest) throws {
      try base.watchOnce(descriptor, for: interest)
    }
    func prepareToSleep() throws -> Int32 { try base.prepareToSleep() }
    func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws { throw error }
    func wake() { base.wake() }
    func close() { base.close() }
  }

  /// Leaves a task whose cleanup has to wait, so that `close` comes to the selector.
  private func leaveTask(in runner: Runner) throws {
    let loop = try runner.loop
    try runner.run {
      try loop.makeTask {
        do { try await sleep(3600) } catch { try await sleep(1) }
      }
      try await sleep(0)
    }
  }

  private func configuration(_ error: any Error & Sendable) -> Runner.Configuration {
    Runner.Configuration(
      name: "double", makeLoop: { EventLoop(selector: Refusing(error)) })
  }

  @Test func `case 13: an interrupt of the close comes out and carries the body's error`() throws {
    var used: Runner?
    let error = #expect(throws: RunnerInterrupted.self) {
      try withRunner { runner in
        used = runner
        try runner.run {
          try runner.loop.makeTask {
            do { try await sleep(3600) } catch { throw RunnerInterrupted() }
          }
          try await sleep(0)
        }
        throw BodyFailure()
      }
    }
    #expect(error?.context is BodyFailure)
    #expect(error?.closeReport?.wasInterrupted == true)
    #expect(
      error?.description
        == "The runner's close was interrupted. Before that, BodyFailure was thrown: BodyFailure()")
    #expect(used?.phase == .closed)
  }

  @Test func `case 13: an error of the system in close comes out and carries the body's error`()
    throws
  {
    let refusal = RunnerError(.system, "No.")
    var used: Runner?
    let error = #expect(throws: RunnerError.self) {
      try withRunner(configuration(refusal)) { runner in
        used = runner
        try leaveTask(in: runner)
        throw BodyFailure()
      }
    }
    #expect(error == refusal)
    #expect(error?.context is BodyFailure)
    #expect(error?.description == "No. Before that, BodyFailure was thrown: BodyFailure()")
    let runner = try #require(used)
    #expect(runner.phase == .closed)
  }

  @Test func `case 13: a stranger's error in close is told in a sentence, with the body's error`()
    throws
  {
    let error = #expect(throws: RunnerError.self) {
      try withRunner(configuration(SelectorFailure())) { runner in
        try leaveTask(in: runner)
        throw BodyFailure()
      }
    }
    #expect(
      error?.message == "Runner 'double' could not be closed in order: SelectorFailure().")
    #expect(error?.context is BodyFailure)
  }

  @Test func `case 13: a close that fails alone throws its error as it is, and the loop is closed`()
    throws
  {
    var used: Runner?
    #expect(throws: SelectorFailure.self) {
      try withRunner(configuration(SelectorFailure())) { runner in
        used = runner
        try leaveTask(in: runner)
      }
    }
    #expect(used?.phase == .closed)
  }

  @Test func `case 13: Runner.run attaches main's error in the same way`() throws {
    let error = #expect(throws: RunnerInterrupted.self) {
      try Runner.run {
        try EventLoop.running?.makeTask {
          do { try await sleep(3600) } catch { throw RunnerInterrupted() }
        }
        try await sleep(0)
        throw BodyFailure()
      }
    }
    #expect(error?.context is BodyFailure)
  }
}
