import RunnerCore
import RunnerShell
import Synchronization
import Testing

/// Keeps what is written.
private final class Files: SourceReader {
  let text = Mutex("")

  func line(_ number: Int, of path: String) -> String? { nil }

  func lines(of path: String) throws -> [String] { throw CommandError.noFile(path) }

  func write(_ text: String, to path: String) throws { self.text.withLock { $0 = text } }
}

/// Says yes unless told otherwise, and remembers what it was asked.
private final class Answers: Questions {
  let isYes = Mutex(true)
  let asked = Mutex<[String]>([])

  func ask(_ question: String) -> Bool {
    asked.withLock { $0.append(question) }
    return isYes.withLock(\.self)
  }
}

/// What becomes of cells when their worker dies.
@Suite struct ReplayTests {
  private let output = RecordingOutput()
  private let first = Scenario.cells.controller
  private let second = Scenario.cells.controller
  private let answers = Answers()
  private let session: Session

  init() {
    session = Session(
      controller: first, catalog: SmallCatalog(), output: output, questions: answers)
  }

  @Test func `a name that was lost is told as lost, and is no command with a mistake`() {
    second.state.withLock { state in
      for text in ["total", "total + 1"] {
        state.cells[text] = .isRejected([
          CellDiagnostic(severity: .error, message: "cannot find 'total' in scope")
        ])
      }
    }
    for line in ["let total = try await gather(fetch(1), fetch(2))"] { _ = session.execute(line) }
    session.workerLost("The worker crashed.", replacement: second)
    _ = output.take()
    for line in ["total", "total + 1"] {
      _ = session.execute(line)
      #expect(
        output.takeTexts() == [
          "error: cannot find 'total' in scope",
          "'total' went with the worker that was lost; ':replay' runs its cell again",
        ])
    }
    _ = session.execute("replay")
    _ = output.take()
    _ = session.execute("total")
    #expect(output.takeTexts() == ["error: cannot find 'total' in scope"])
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
        "to run again: 2 cells; what they changed in files or elsewhere is not known",
        "'jobs' is Swift from now on; ':jobs' is the command", "jobs: Int = 3", "[Int] = [1, 4]",
      ])
    #expect(session.execute("replay").status == .failed)
  }

  @Test func `it is asked once, with what is known, and no is no`() {
    _ = session.execute("let jobs = 3")
    session.workerLost("The worker crashed.", replacement: second)
    _ = output.take()
    answers.isYes.withLock { $0 = false }
    #expect(session.execute("replay").status == .ok)
    #expect(answers.asked.withLock(\.self) == ["run it again?"])
    #expect(
      output.takeTexts() == [
        "to run again: 1 cell; what it changed in files or elsewhere is not known",
        "nothing was run; ':replay' asks again",
      ])
    #expect(second.state.withLock(\.evaluated).isEmpty)
    #expect(session.execute("replay --yes").status == .ok)
    #expect(answers.asked.withLock(\.count) == 1)
    #expect(second.state.withLock(\.evaluated).map(\.source) == ["let jobs = 3"])
  }

  @Test func `where nobody can be asked, nothing is run without a word`() {
    let session = Session(controller: first, catalog: SmallCatalog(), output: output)
    _ = session.execute("let jobs = 3")
    session.workerLost("The worker crashed.", replacement: second)
    _ = output.take()
    #expect(session.execute("replay").status == .usage)
    #expect(
      output.takeTexts() == [
        "Nobody can be asked here whether to run the cells again; 'replay --yes' runs them without"
          + " asking."
      ])
    #expect(session.execute("replay --yes").status == .ok)
  }

  @Test func `a cell keeps its number when it runs again, and new ones get new numbers`() {
    for line in ["let jobs = 3", "total"] { _ = session.execute(line) }
    session.workerLost("The worker crashed.", replacement: second)
    _ = session.execute("jobs + 1")
    _ = session.execute("replay")
    #expect(second.state.withLock(\.evaluated).map(\.number) == [3, 1, 2])
  }

  @Test func `what was lost can be saved`() {
    let files = Files()
    let session = Session(
      controller: first, catalog: SmallCatalog(), output: output, sources: files)
    for line in ["let jobs = 3", "throw Boom()", "total"] { _ = session.execute(line) }
    session.workerLost("The worker crashed.", replacement: second)
    _ = output.take()
    #expect(session.execute("save cells.swift").status == .ok)
    #expect(output.takeTexts() == ["saved 2 cells to cells.swift"])
    #expect(files.text.withLock(\.self).hasSuffix("\n//:\nlet jobs = 3\n//:\ntotal\n"))
  }

  @Test func `the cell that ran when the worker died is named with what was lost`() {
    first.whileWaiting.withLock {
      $0.append { [session] in
        session.workerLost("The worker crashed.")
        session.interrupt()
      }
    }
    _ = session.execute("await sleep(30)")
    #expect(
      output.takeTexts().contains(
        "lost with all their tasks: main, and cell 1, which ran; history and settings are kept"))
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
