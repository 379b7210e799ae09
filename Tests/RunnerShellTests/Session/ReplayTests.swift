import RunnerCore
import RunnerShell
import Synchronization
import Testing

/// What becomes of cells when their worker dies.
@Suite struct ReplayTests {
  private let output = RecordingOutput()
  private let first = Scenario.cells.controller
  private let second = Scenario.cells.controller
  private let session: Session

  init() {
    session = Session(controller: first, catalog: SmallCatalog(), output: output)
  }

  @Test func `the cells that worked are offered, and run again only when asked`() {
    for line in ["let jobs = 3", "throw Boom()", "total"] { _ = session.execute(line) }
    _ = output.take()
    session.workerLost("The worker crashed.", replacement: second)
    #expect(
      output.takeTexts() == [
        "The worker crashed.", "lost with all their tasks: main; history and settings are kept",
        "2 cells went with it; ':replay' runs them again, with all that they print and write",
      ])
    #expect(second.state.withLock(\.evaluated).isEmpty)
    #expect(session.classifier.declaredNames.isEmpty)
    #expect(session.execute("replay").status == .ok)
    #expect(second.state.withLock(\.evaluated).map(\.source) == ["let jobs = 3", "total"])
    #expect(session.classifier.declaredNames == ["jobs"])
    #expect(
      output.takeTexts() == [
        "'jobs' is Swift from now on; ':jobs' is the command", "jobs: Int = 3", "[Int] = [1, 4]",
      ])
    #expect(session.execute("replay").status == .failed)
  }

  @Test func `a cell that fails now stops the replay, and can be tried again with the rest`() {
    for line in ["let jobs = 3", "total"] { _ = session.execute(line) }
    second.state.withLock { $0.cells["let jobs = 3"] = .isRejected([]) }
    session.workerLost("The worker crashed.", replacement: second)
    #expect(session.execute("replay").status == .failed)
    second.state.withLock { $0.cells["let jobs = 3"] = .runs([], .returned(nil)) }
    #expect(session.execute("replay").status == .ok)
    #expect(
      second.state.withLock(\.evaluated).map(\.source)
        == ["let jobs = 3", "let jobs = 3", "total"])
  }

  @Test func `a cell that threw after it had declared something runs again, and may throw again`() {
    let cells: [String: ScriptedController.CellBehavior] = [
      "var n = 1; throw Bad()": .runs(
        [ValueBinding(name: "n", value: ValueSnapshot(type: "Int", text: "1"))],
        .failed(ErrorSnapshot(type: "Bad", message: "Bad()")))
    ]
    for controller in [first, second] {
      controller.state.withLock { $0.cells.merge(cells) { $1 } }
    }
    for line in ["var n = 1; throw Bad()", "jobs + 1"] { _ = session.execute(line) }
    _ = output.take()
    session.workerLost("The worker crashed.", replacement: second)
    #expect(output.takeTexts().last?.hasPrefix("2 cells went with it") == true)
    #expect(session.execute("replay").status == .ok)
    #expect(
      second.state.withLock(\.evaluated).map(\.source) == ["var n = 1; throw Bad()", "jobs + 1"])
  }

  @Test func `what was declared and lost hides no command`() {
    _ = session.execute("let jobs = 3")
    session.workerLost("The worker crashed.", replacement: second)
    guard case .command? = try? session.classifier.classify("jobs") else {
      Issue.record("the command is hidden by a name that is gone")
      return
    }
  }
}
