import RunnerShell
import Synchronization
import Testing

/// A reader that gives what the test says.
private final class ScriptedReader: LineReader {
  private let results: Mutex<[LineResult]>
  let prompts = Mutex<[String]>([])

  init(_ results: [LineResult]) {
    self.results = Mutex(results)
  }

  func readLine(_ request: LineRequest) -> LineResult {
    prompts.withLock { $0.append(request.prompt.map(\.text).joined()) }
    return results.withLock { $0.isEmpty ? .endOfInput : $0.removeFirst() }
  }

  func write(_ bytes: [UInt8]) {}
  func interrupt() {}
}

@Suite struct ReplTests {
  private let output = RecordingOutput()

  private func session(isBatch: Bool) -> Session {
    Session(
      controller: Scenario.empty.controller, catalog: SmallCatalog(), output: output,
      settings: SessionSettings(isBatch: isBatch))
  }

  private func batch(_ lines: [String], name: String = "-c") -> ShellStatus {
    var repl = Repl(session(isBatch: true))
    return repl.run([ReplSource(lines: lines, name: name)])
  }

  @Test(
    arguments: [
      ([], 0), (["run pair()"], 0), (["run fail(after: 1)"], 1), (["nonsense it"], 2),
      (["ps --nonsense"], 2), (["use nowhere"], 1),
      (["spawn sleep(3)", "start main", "wait 1 --limit 0"], 4),
      (["run f("], 2), (["quit", "nonsense"], 0), (["", "  "], 0),
    ] as [([String], Int32)])
  func `a batch ends with the status of its first error`(lines: [String], code: Int32) {
    #expect(batch(lines).code == code)
  }

  @Test func `a batch stops at its first error, and says where`() {
    #expect(
      batch(["", "run countdown(", "3", ")", "frob it", "run pair()"], name: "a.run").code == 2)
    #expect(
      output.takeTexts() == ["a.run:5: There is no command 'frob'. Type 'help' for the list."])
  }

  @Test func `an input that never ends is said where it begins`() {
    #expect(batch(["ps", "run f(1,", "2"], name: "stdin").code == 2)
    #expect(
      output.takeTexts() == [
        "no tasks",
        "stdin:2: The input ends inside an open bracket or quote; nothing was executed.",
      ])
  }

  @Test func `lines that come in one go are executed one by one`() {
    let reader = ScriptedReader([.line("run pair()\nfrob it\nrun countdown(\n3)\n\nrun pair(")])
    var repl = Repl(session(isBatch: false))
    #expect(repl.run([ReplSource(reader: reader)]) == .ok)
    #expect(
      output.takeTexts() == [
        "[Int] = [1, 4]", "There is no command 'frob'. Type 'help' for the list.",
        CommandError.unfinished.message,
        "main: closed in 1.2 ms · 0 tasks left · nothing refused",
      ])
    #expect(reader.prompts.withLock(\.self) == ["main> ", "....> "])
  }

  @Test func `an input of a batch that holds several lines says on which an error is`() {
    #expect(batch(["ps", "ps\nfrob it\nps"]).code == 2)
    #expect(
      output.takeTexts().last == "-c:3: There is no command 'frob'. Type 'help' for the list.")
  }

  @Test func `Ctrl-C is meant for all lines that came in one go`() {
    let controller = Scenario.empty.controller
    let session = Session(
      controller: controller, catalog: SmallCatalog(), output: output,
      settings: SessionSettings())
    controller.whileWaiting.withLock { $0.append { session.interrupt() } }
    var repl = Repl(session)
    _ = repl.run([ReplSource(reader: ScriptedReader([.line("run sleep(9)\nrun pair()")]))])
    #expect(output.takeTexts().contains("[Int] = [1, 4]") == false)
  }

  @Test func `results alone go to the channel of results`() {
    #expect(batch(["run pair()", "start main"]).code == 0)
    let written = output.take()
    #expect(written.filter { $0.channel == .result }.map(\.text) == ["[1, 4]"])
    #expect(written.filter { $0.channel != .result }.map(\.text).first == "main: loop running")
  }

  @Test func `the prompt says that the runner in use is closed, until another is in use`() {
    let lines = [
      "new work", "use work", "close work", "start work", "close work", "use main", "use work",
      "use main", "close main", "new main",
    ]
    let reader = ScriptedReader(lines.map { .line($0) })
    var repl = Repl(session(isBatch: false))
    _ = repl.run([ReplSource(reader: reader)])
    #expect(
      reader.prompts.withLock(\.self) == [
        "main> ", "main> ", "work> ", "work> ", "work> ", "work (closed)> ", "main> ", "main> ",
        "main> ", "main> ", "main> ",
      ])
  }

  @Test func `a person is told once how to leave, and leaves with 0`() {
    let reader = ScriptedReader([
      .interrupted(hadText: true), .interrupted(hadText: false), .interrupted(hadText: false),
      .line("frob it"), .line("run countdown("), .interrupted(hadText: false), .line("start main"),
      .line("new lab"), .line("use lab"),
    ])
    var repl = Repl(session(isBatch: false))
    #expect(repl.run([ReplSource(reader: reader)]) == .ok)
    #expect(
      output.takeTexts() == [
        "type quit or press Ctrl-D to leave",
        "There is no command 'frob'. Type 'help' for the list.", "main: loop running",
        "lab: created, no loop yet", "lab: in use",
        "main: closed in 1.2 ms · 0 tasks left · nothing refused",
      ])
    let prompts = reader.prompts.withLock(\.self)
    #expect(prompts.suffix(6) == ["main> ", "....> ", "main> ", "main> ", "main> ", "lab> "])
  }
}
