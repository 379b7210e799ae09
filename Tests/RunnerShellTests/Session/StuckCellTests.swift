import RunnerCore
import RunnerShell
import Synchronization
import Testing

/// Starts no process: it says that the worker is lost, as one that does would.
private final class Keeper: WorkerKeeper {
  let session = Mutex<Session?>(nil)
  let next = Scenario.cells.controller

  func replace(because sentence: String) {
    session.withLock { $0 }?.workerLost(sentence, replacement: next)
  }
}

/// Ctrl-C during a cell that never comes to an await.
@Suite struct StuckCellTests {
  private let output = RecordingOutput()
  private let controller = Scenario.cells.controller
  private let keeper = Keeper()

  private func session(isBatch: Bool = false) -> Session {
    let session = Session(
      controller: controller, catalog: SmallCatalog(), output: output,
      settings: SessionSettings(isBatch: isBatch), worker: keeper)
    keeper.session.withLock { $0 = session }
    controller.whileWaiting.withLock { $0.append { session.interrupt() } }
    return session
  }

  private func block(for elapsed: Duration) {
    controller.state.withLock { state in
      state.cells["while true {}"] = .blocks
      state.loops["main"] = LoopSnapshot(
        runner: "main", phase: .running, consistency: .sampled, now: .seconds(20),
        step: LoopSnapshot.Step(
          task: TaskID(2), elapsed: elapsed,
          site: SourceSite(fileID: "cell-2", line: 1, function: "cell")))
    }
  }

  @Test func `rule 20: its worker is replaced, and what was lost is said`() {
    block(for: .milliseconds(700))
    let session = session()
    _ = session.execute("let jobs = 3")
    _ = output.take()
    #expect(session.execute("while true {}").status == .interrupted)
    #expect(
      output.takeTexts() == [
        "interrupted: main was stuck at cell-2:1, so its worker was replaced",
        "lost with all their tasks: main, and cell 2, which ran; history and settings are kept",
        "1 cell went with it; ':replay' runs it again, with all that it prints and writes",
      ])
    #expect(session.execute("jobs + 1").status == .ok)
    #expect(keeper.next.state.withLock(\.evaluated).map(\.source) == ["jobs + 1"])
  }

  @Test func `rule 20: a loop that turns is waited for, and its runner is kept`() {
    block(for: .milliseconds(3))
    controller.state.withLock { $0.cells["while true {}"] = .needsInterrupt }
    let session = session()
    #expect(session.execute("while true {}").status == .interrupted)
    #expect(output.takeTexts() == ["interrupted: while true {} was cancelled"])
  }

  @Test func `rule 20: a cell that ends in the moment after Ctrl-C takes nothing with it`() {
    block(for: .seconds(2))
    // It is over when the wait, which has a limit now, is done.
    controller.state.withLock { $0.cells["while true {}"] = .needsInterrupt }
    let session = session()
    _ = session.execute("let jobs = 3")
    _ = output.take()
    #expect(session.execute("while true {}").status == .interrupted)
    #expect(output.takeTexts() == ["interrupted: while true {} was cancelled"])
    #expect(session.waitLimit == nil)
    #expect(session.execute("jobs + 1").status == .ok)
    #expect(controller.state.withLock(\.evaluated).last?.source == "jobs + 1")
  }

  @Test func `a worker that does not answer is told of, and replaced the next time`() {
    let session = session()
    _ = session.execute("let jobs = 3")
    _ = output.take()
    controller.state.withLock { $0.isSilent = true }
    #expect(session.execute("jobs + 1").status == .failed)
    let first =
      "The worker does not answer; it may be stopped. Try again: when it does not answer then, too,"
      + " another one takes its place."
    #expect(output.takeTexts() == [first])
    controller.state.withLock { $0.isSilent = false }
    #expect(session.execute("jobs + 1").status == .ok)
    _ = output.take()
    controller.state.withLock { $0.isSilent = true }
    #expect(session.execute("ps").status == .failed)
    #expect(session.execute("jobs + 1").status == .workerLost)
    #expect(
      output.takeTexts() == [
        first, "The worker does not answer, so it was replaced.",
        "lost with all their tasks: main; history and settings are kept",
        "2 cells went with it; ':replay' runs them again, with all that they print and write",
      ])
    #expect(session.execute("jobs + 1").status == .ok)
  }

  @Test func `rule 20: a batch ends, as by any Ctrl-C`() {
    block(for: .seconds(1))
    let session = session(isBatch: true)
    #expect(session.execute("while true {}", at: nil).status == .interrupted)
    #expect(session.verdict == .interrupted)
  }
}
