import Glibc
import RunnerCore
import Testing

/// Handlers of the loop's user for real signals; `interrupt-fixture` holds the programs.
@Suite(.timeLimit(.minutes(1))) struct SignalHandlerTests {
  private let interrupted = "error: RunnerInterrupted: The run was interrupted."

  private func run(_ scenario: String) throws -> [String] {
    let child = try ChildProcess("interrupt-fixture", scenario)
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    return lines
  }

  @Test func `a handler is called on the loop for each signal, until it is removed`() throws {
    let child = try ChildProcess("interrupt-fixture", "signal-handler")
    #expect(child.nextLine() == "ready")
    for _ in 0..<2 {
      child.send(SIGUSR1)
      #expect(child.lines(to: "ready") == ["handler, on the loop: true", "ready"])
    }
    child.send(SIGUSR1)
    #expect(
      child.lines().filter { $0 != "ready" } == [
        "handler, on the loop: true", "removed: true", "again: false", "value: three",
        "after: default",
      ])
    #expect(child.wait() == .exited(0))
  }

  @Test func `a loop that never waits calls the handler within three iterations`() throws {
    let turns = try run("busy-handler")
    #expect(["value: after 2 turns", "value: after 3 turns"].contains(turns.first ?? ""))
  }

  @Test func `signals that come while the loop stands still are kept until it runs`() throws {
    #expect(
      try run("kept-signal") == [
        "nothing yet", "handler", "handler", "handler", "value: ran", "after: default",
      ])
  }

  @Test func `a handler for SIGINT is called instead of the interrupt, which is back without it`()
    throws
  {
    let child = try ChildProcess("interrupt-fixture", "sigint-handler")
    #expect(child.nextLine() == "ready")
    child.send(SIGINT)
    #expect(child.lines(to: "ready") == ["handler", "ready"])
    child.send(SIGINT)
    #expect(child.lines() == [interrupted, "after: default"])
    #expect(child.wait() == .exited(0))
  }

  @Test func `a handler outlives its run, and removing it or closing brings the default back`()
    throws
  {
    #expect(
      try run("handler-outlives-run") == [
        "value: other", "between: other", "removed: default", "closed: default",
      ])
  }

  @Test func `what a handler throws is told with the signal, and the loop goes on`() throws {
    #expect(
      try run("failing-handler") == [
        "Exception in the handler of signal 10 (User defined signal 1): Failure", "value: ran",
      ])
  }

  @Test func `signals that cannot be caught, and other threads, are refused in a sentence`() throws
  {
    let refusal = "cannot be caught: Invalid argument; add a handler for another one."
    #expect(
      try run("bad-signals") == [
        "Signal 9 \(refusal)", "Signal 0 \(refusal)", "Signal 65 \(refusal)",
        "A handler for signal 10 can be added on the main thread only.", "done",
      ])
  }
}
