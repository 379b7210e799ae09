import Glibc
import RunnerCore
import Testing

/// Real signals to a real process; `interrupt-fixture` holds the program of each case.
@Suite(.timeLimit(.minutes(1))) struct InterruptSignalTests {
  private let interrupted = "error: RunnerInterrupted: The run was interrupted."

  /// Starts a scenario, interrupts it once when it is ready, and returns what it says after that.
  private func interruptedOnce(_ scenario: String) throws -> [String] {
    let child = try ChildProcess("interrupt-fixture", scenario)
    #expect(child.lines(to: "ready").last == "ready")
    child.send(SIGINT)
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    return lines
  }

  /// Runs a scenario that needs nobody else, to its end.
  private func run(_ scenario: String) throws -> [String] {
    let child = try ChildProcess("interrupt-fixture", scenario)
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    return lines
  }

  @Test func `case 43: the handler is there during run, and the default is back after it`() throws {
    let child = try ChildProcess("interrupt-fixture", "default-is-back")
    #expect(
      child.lines(to: "ready") == [
        "before: default", "during: other", "after: default", "during: other", "after: default",
        "during: other", "after: default", "ready",
      ])
    child.send(SIGINT)
    #expect(child.wait() == .signalled(SIGINT))
  }

  @Test func `case 44: a handler of the user's is not touched and is the one called`() throws {
    #expect(
      try interruptedOnce("custom-handler") == [
        "handler", "value: not interrupted", "after: user's",
      ])
  }

  @Test func `case 44: an ignored signal stays ignored`() throws {
    let child = try ChildProcess("interrupt-fixture", "ignored")
    #expect(child.nextLine() == "ready")
    child.send(SIGINT)
    child.send(SIGTERM)
    #expect(child.lines() == ["handler", "value: not interrupted", "after: ignored"])
    #expect(child.wait() == .exited(0))
  }

  @Test func `case 45: a handler that was installed during run is kept`() throws {
    let child = try ChildProcess("interrupt-fixture", "replaced")
    #expect(child.lines(to: "ready") == ["after: user's", "ready"])
    child.send(SIGINT)
    #expect(child.lines() == ["handler"])
    #expect(child.wait() == .exited(0))
  }

  @Test func `case 46: on another thread nothing is installed, and run works`() throws {
    let child = try ChildProcess("interrupt-fixture", "thread")
    #expect(child.lines(to: "ready") == ["value: during: default", "ready"])
    child.send(SIGINT)
    #expect(child.wait() == .signalled(SIGINT))
  }

  @Test func `case 48: an interrupt wakes a sleeping main, and run ends with it`() throws {
    #expect(try interruptedOnce("sleep") == ["requests: 1", interrupted, "after: default"])
  }

  @Test func `case 50: an interrupt cancels the future that main awaits`() throws {
    #expect(try interruptedOnce("future") == [interrupted, "future cancelled: true"])
  }

  @Test func `case 51: a main that swallows it has its value returned`() throws {
    #expect(try interruptedOnce("swallow") == ["value: swallowed"])
  }

  @Test func `case 52: a main that turns it into an error has that thrown`() throws {
    #expect(try interruptedOnce("convert") == ["error: Failure: Failure()"])
  }

  @Test func `case 53: a main that was cancelled as well ends with CancellationError`() throws {
    #expect(
      try interruptedOnce("cancelled-too") == ["error: CancellationError: CancellationError()"])
  }

  @Test func `case 54: a main that takes the request back and throws on is interrupted`() throws {
    #expect(try interruptedOnce("uncancel") == [interrupted])
  }

  @Test func `case 55: a second one ends run at once, and the next run goes on with main`() throws {
    let child = try ChildProcess("interrupt-fixture", "second")
    #expect(child.nextLine() == "ready")
    child.send(SIGINT)
    #expect(child.nextLine() == "cleanup")
    child.send(SIGINT)
    #expect(
      child.lines() == [
        "error: RunnerInterrupted: The run was interrupted; its main task is still pending.",
        "cleaned up", "value: next run; live: 1",
      ])
    #expect(child.wait() == .exited(0))
  }

  @Test func `case 56: a busy main that returns without a suspension is interrupted`() throws {
    #expect(try run("busy") == [interrupted])
  }

  @Test func `case 56: a third one has the default action, also when main is stuck`() throws {
    let child = try ChildProcess("interrupt-fixture", "third")
    #expect(child.nextLine() == "ready")
    child.send(SIGINT)
    #expect(child.nextLine() == "stuck")
    child.send(SIGINT)
    var status: Int32 = 0
    #expect(waitpid(child.id, &status, WNOHANG) == 0)
    child.send(SIGINT)
    #expect(child.wait() == .signalled(SIGINT))
  }

  @Test func `case 57: one before the first step of main keeps it from beginning`() throws {
    #expect(try run("before-first-step") == [interrupted])
  }

  @Test func `case 58: one after the end of main keeps its result and is reported`() throws {
    #expect(
      try run("late") == [
        "report: An interrupt came after the main task had ended; its result is kept.",
        "value: kept",
      ])
  }

  @Test func `case 59: each run counts anew`() throws {
    let child = try ChildProcess("interrupt-fixture", "again")
    for _ in 0..<3 {
      #expect(child.nextLine() == "ready")
      child.send(SIGINT)
      #expect(child.nextLine() == interrupted)
    }
    #expect(child.wait() == .exited(0))
  }

  @Test func `case 59c: one during close ends it, and the runner is closed`() throws {
    #expect(
      try interruptedOnce("close") == [
        "error: RunnerInterrupted: The runner's close was interrupted.", "phase: closed",
        "after: default",
      ])
  }

  @Test func `other signals can interrupt, and SIGINT is left alone then`() throws {
    let child = try ChildProcess("interrupt-fixture", "sigterm")
    #expect(child.lines(to: "ready") == ["value: during: default", "ready"])
    child.send(SIGTERM)
    #expect(child.lines() == [interrupted])
    #expect(child.wait() == .exited(0))
  }

  @Test func `SIGINT and SIGTERM can both interrupt`() throws {
    let child = try ChildProcess("interrupt-fixture", "sigint-and-sigterm")
    for signal in [SIGTERM, SIGINT] {
      #expect(child.nextLine() == "ready")
      child.send(signal)
      #expect(child.nextLine() == interrupted)
    }
    #expect(child.lines() == ["after: default"])
    #expect(child.wait() == .exited(0))
  }

  @Test
  func `case 47: a signal for which the system never gives a handler is refused in a sentence`()
    throws
  {
    let reasons = [
      (9, "no program can catch it"), (19, "no program can catch it"),
      (0, "there is no such signal"),
      (32, "there is no such signal"), (999, "there is no such signal"),
    ]
    #expect(
      try run("refused")
        == reasons.flatMap { signal, reason in
          [
            "Signal \(signal) cannot interrupt the runner 'main': \(reason); leave it out of"
              + " 'interruptSignals'.", "created",
          ]
        })
  }
}
