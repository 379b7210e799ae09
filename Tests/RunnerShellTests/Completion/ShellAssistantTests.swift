import Dispatch
import RunnerCore
import RunnerShell
import Synchronization
import Testing

@Suite struct ShellAssistantTests {
  private func assistant(_ scenario: Scenario = .busy) -> ShellAssistant {
    ShellAssistant(
      Session(
        controller: scenario.controller, catalog: SmallCatalog(), output: RecordingOutput()),
      limit: .seconds(30), shortLimit: .seconds(30))
  }

  private func words(_ text: String) -> [String] {
    let answer = assistant().completions(of: text, at: text.unicodeScalars.count)
    return answer.candidates.map(\.text)
  }

  @Test(arguments: [
    ("sta", ["start"]), (":pa", []), (":p", [":ps"]), ("run coun", ["countdown("]),
    ("run ma", ["main"]), ("close ", ["main", "work"]), ("ps --s", ["--sort", "--state"]),
    ("ps --state s", ["suspended"]),
    ("ps --sort ", ["id", "age", "name", "state", "steps", "cancels", "waiting"]),
    ("cancel st", ["stubborn"]), ("cancel fet", []),
    ("task ", ["2", "3", "4", "7", "9", "parent", "stubborn"]),
    ("examples ti", ["ticker"]), ("help can", ["cancel"]), ("frobnicate ", []),
    ("ps --runner w", ["work"]), ("coun", ["countdown("]),
    ("watch 1 t", ["task", "tree"]), ("watch --c", ["--count"]), ("watch --count 2 ", []),
    ("watch --count 2 1 ps --s", ["--sort", "--state"]), ("watch 1 task st", ["stubborn"]),
  ])
  func `what is typed is completed`(text: String, expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func `a task comes with its state, and the word is replaced from where it begins`() {
    let answer = assistant().completions(of: "cancel stub x", at: 11)
    #expect(answer == LineCompletions(start: 7, candidates: [.init("stubborn", note: "suspended")]))
  }

  @Test func `positions count scalars`() {
    let answer = assistant().completions(of: "cancel 'e\u{301}' par", at: 15)
    #expect(answer.start == 12)
    #expect(answer.candidates.map(\.text) == ["parent"])
  }

  @Test func `an error completes nothing`() {
    let controller = Scenario.busy.controller
    controller.state.withLock { $0.isLost = true }
    let session = Session(
      controller: controller, catalog: SmallCatalog(), output: RecordingOutput())
    #expect(ShellAssistant(session).completions(of: "use ", at: 4).candidates.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func `a call that does not come back is not waited for`() {
    let isLate = Mutex(true)
    let call = BoundedCall(limit: .milliseconds(1))
    isLate.withLock { _ in
      #expect(call { isLate.withLock(\.self) } == nil)
    }
  }

  @Test(arguments: [
    ("ps", true), ("run f(", false), ("func f() {", false), ("nonsense", true), ("run f(])", true),
    ("cancel 'a", false), ("", true), ("run sleep(0)\nps\n", true), ("ps\nrun f(", false),
  ])
  func `an input is whole when it can be executed or is wrong`(text: String, isWhole: Bool) {
    #expect(assistant().isComplete(text) == isWhole)
  }

  // MARK: Swift

  /// An assistant whose controller knows Swift, after a session has declared `origin` and `fetch`.
  private func swift(_ text: String) -> LineCompletions {
    let controller = Scenario.busy.controller
    controller.state.withLock { state in
      state.completions = [
        "origin.|le": [SwiftCompletion(text: "length()", note: "() -> Double")],
        "|or": [SwiftCompletion(text: "origin", note: "Point")],
        "print(|or": [SwiftCompletion(text: "origin", note: "Point")],
        "main |fe": [SwiftCompletion(text: "fetch(", note: "(n: Int)")],
        "|c": [
          SwiftCompletion(text: "countdown(", note: "(n: Int)"),
          SwiftCompletion(text: "case", note: ""),
        ],
      ]
    }
    let session = Session(
      controller: controller, catalog: SmallCatalog(), output: RecordingOutput())
    session.withBook {
      $0.begin(CellRequest(source: ""), number: 1, declaring: ["origin", "fetch"])
    }
    return ShellAssistant(session, limit: .seconds(30), shortLimit: .seconds(30))
      .completions(of: text, at: text.unicodeScalars.count)
  }

  @Test func `rule 12: after a dot come the members, with their types`() {
    let length = LineCompletions.Candidate("length()", note: "() -> Double")
    #expect(swift("origin.le") == LineCompletions(start: 7, candidates: [length]))
    #expect(swift(":type origin.le") == LineCompletions(start: 13, candidates: [length]))
    #expect(swift("ps origin.le").candidates.isEmpty)
  }

  @Test func `rule 12: a name of the session is offered once, with its type where that is known`() {
    let origin = LineCompletions.Candidate("origin", note: "Point")
    #expect(swift("or").candidates == [origin])
    #expect(swift("print(or") == LineCompletions(start: 6, candidates: [origin]))
    #expect(swift("let x = fe") == LineCompletions(start: 8, candidates: [.init("fetch")]))
    #expect(swift("run main fe").candidates == [.init("fetch(", note: "(n: Int)")])
  }

  @Test func `rule 12: commands and built-in coroutines keep their summaries beside Swift`() {
    let candidates = swift("c").candidates
    #expect(candidates.map(\.text) == ["case", "close", "cancel", "context", "countdown("])
    #expect(candidates.last?.note == "counts down from n")
    #expect(swift(":c").candidates.map(\.text) == [":close", ":cancel", ":context"])
    #expect(swift("let x = ").candidates.isEmpty)
  }

  @Test(.timeLimit(.minutes(1)))
  func `rule 12: what a person begins to type is announced to Swift, and not waited for`() {
    let controller = Scenario.busy.controller
    let assistant = ShellAssistant(
      Session(controller: controller, catalog: SmallCatalog(), output: RecordingOutput()))
    controller.state.withLock { _ in assistant.typingBegan() }
    controller.waitForCompletions(1)
    #expect(controller.state.withLock(\.completed) == ["|"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `rule 12: what the shell knows is not kept back by Swift that is late, and the rest is`() {
    let isLate = DispatchSemaphore(value: 0)
    let controller = Scenario.busy.controller
    controller.state.withLock { state in
      state.completions = ["|uppe": [SwiftCompletion(text: "uppercase", note: "Int")]]
      state.beforeCompletions = { isLate.wait() }
    }
    let session = Session(
      controller: controller, catalog: SmallCatalog(), output: RecordingOutput())
    func assistant() -> ShellAssistant {
      ShellAssistant(session, limit: .seconds(30), shortLimit: .milliseconds(1))
    }
    #expect(assistant().completions(of: "coun", at: 4).candidates.map(\.text) == ["countdown("])
    isLate.signal()
    isLate.signal()
    #expect(assistant().completions(of: "uppe", at: 4).candidates.map(\.text) == ["uppercase"])
  }

  @Test(.timeLimit(.minutes(1))) func `while a call is late no other is made`() {
    let isLate = Mutex(true)
    let call = BoundedCall(limit: .milliseconds(1))
    let calls = Mutex(0)
    isLate.withLock { _ in
      #expect(call { isLate.withLock(\.self) } == nil)
      #expect(call { calls.withLock { $0 += 1 } } == nil)
    }
    while call({ true }) == nil {}
    #expect(calls.withLock(\.self) == 0)
  }

  @Test(arguments: [("func f() {", 2), ("a(b[", 4), ("let n = 1", 0), ("  \"\"\"\n   x {", 3)])
  func `a further line is indented by what is open`(text: String, blanks: Int) {
    #expect(assistant().indentation(after: text) == blanks)
  }
}
