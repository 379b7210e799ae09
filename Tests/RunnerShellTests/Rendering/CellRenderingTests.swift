import RunnerCore
import RunnerShell
import Testing

@Suite struct CellRenderingTests {
  private func lines(_ source: String, column: Int, length: Int, width: Int? = nil) -> [String] {
    let diagnostic = CellDiagnostic(
      severity: .error, message: "wrong",
      position: CellDiagnostic.Position(file: "f", line: 1, column: column, length: length),
      sourceLine: source)
    return CellRendering.diagnostics([diagnostic], RenderSpec(width: width)).map(\.plain)
  }

  @Test func `the caret stands below its place, whatever stands before it`() {
    #expect(
      lines("\tlet é = 日本 + nme", column: 20, length: 3) == [
        "f:1:20: error: wrong", "    let é = 日本 + nme", "                   ^~~",
      ])
  }

  @Test(arguments: [1, 60, 300, 590])
  func `a long line is cut around the place, to the width of the terminal`(column: Int) {
    let source = String((0..<600).map { Character("\($0 % 10)") })
    let shown = lines(source, column: column, length: 4, width: 60)
    #expect(shown[1].count <= 60 && shown[2].count <= 60)
    let caret = shown[2].distance(
      from: shown[2].startIndex, to: shown[2].firstIndex(of: "^") ?? shown[2].startIndex)
    #expect(Array(shown[1])[caret] == Array(source)[column - 1])
    #expect(shown[2].hasSuffix("^~~~"))
  }

  @Test func `a place behind the end of its line, or none, is shown without harm`() {
    #expect(lines("ab", column: 9, length: 4) == ["f:1:9: error: wrong", "  ab", "    ^"])
    #expect(
      CellRendering.diagnostics(
        [CellDiagnostic(severity: .note, message: "a\nb\u{1B}")], RenderSpec()
      ).map(\.plain) == ["note: a", "  b\\u{1B}"])
  }

  @Test(arguments: [
    (
      "call can throw but is not marked with 'try'", "Runner.run { 3 }",
      "at the prompt a runner runs"
    ),
    ("call can throw but is not marked with 'try'", "load()", ""),
    (
      "cannot find 'URL' in scope", "let u = URL(string: x)",
      "'URL' is a part of Foundation; run this"
    ),
    (
      "cannot find type 'Date' in scope", "var d: Date?", "'Date' is a part of Foundation; run this"
    ),
    ("cannot find 'jobs' in scope", "jobs.count", "did you mean :jobs?"),
    ("cannot find 'jobs' in scope", "print(jobs)", ""),
    (
      "cannot find 'exit' in scope", "exit(3)",
      "'quit' or Ctrl-D leaves; Swift's exit ends the worker"
    ),
    ("cannot find 'quit' in scope", "quit()", "'quit' or Ctrl-D leaves"),
    ("cannot find 'leave' in scope", "leave(room)", ""),
    ("cannot find 'keep' in scope", "print(keep)", "'keep' went with the worker that was lost"),
    ("cannot find 'jbos' in scope", "jbos.count", ""),
    ("cannot find 'countdwn' in scope", "print(countdwn(3))", "did you mean 'countdown'?"),
    ("cannot find 'countdwn' in scope; did you mean 'count'?", "countdwn(3)", ""),
  ])
  func `an error that one word more would mend gets a hint`(
    message: String, line: String, hint: String
  ) {
    let diagnostic = CellDiagnostic(
      severity: .error, message: message,
      position: CellDiagnostic.Position(file: "f", line: 1, column: 1, length: 1), sourceLine: line)
    let text =
      CellRendering.hint(
        [diagnostic], commands: ["jobs", "help"], lost: ["keep"], known: ["countdown"])?.plain ?? ""
    #expect(hint.isEmpty ? text.isEmpty : text.hasPrefix(hint))
  }

  @Test(arguments: [
    ("Runner.run() cannot be called from a running event loop; await the coroutine there.", true),
    ("Cannot run the event loop while another loop is running.", true),
    ("This event loop is already running.", true), ("The runner is closed.", false),
  ])
  func `whoever runs a loop in a loop is told what to write instead`(
    message: String, isHinted: Bool
  ) {
    let hint = CellRendering.hint(ErrorSnapshot(type: "RunnerError", message: message))
    #expect(
      hint?.plain
        == (isHinted
          ? "at the prompt a runner runs already; write await and the call instead" : nil))
    #expect(CellRendering.hint(ErrorSnapshot(type: "Boom", message: message)) == nil)
  }
}
