import Foundation
import Testing

@testable import RunnerCells

@Suite(.timeLimit(.minutes(1))) struct CellCompleterTests {
  private let question = CompletionQuestion(
    after: "", prefix: "pr", in: CellSession(prelude: []), arguments: [])

  private func completer(_ script: String) -> CellCompleter {
    CellCompleter(command: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func `one question at a time, and none after three that were fatal in a row`() {
    var attempts = CompleterAttempts()
    var began = [attempts.begin(), attempts.begin()]
    #expect(began == [true, false])
    attempts.end(isAnswered: false)
    for isAnswered in [false, true, false, false, false] {
      began.append(attempts.begin())
      attempts.end(isAnswered: isAnswered)
    }
    #expect(began.dropFirst(2) == [true, true, true, true, true])
    #expect(attempts.isOver)
    began.append(attempts.begin())
    #expect(began.last == false)
  }

  @Test func `a process that dies of questions is started three times, then no more`() throws {
    let folder = try TemporaryFolder()
    let completer = completer("echo x >> \(folder.path)/starts; exit 1")
    for _ in 0..<6 { #expect(completer.ask(question) == nil) }
    let starts = try String(contentsOfFile: folder.path + "/starts", encoding: .utf8)
    #expect(starts == "x\nx\nx\n")
  }

  @Test func `a program that is not there is no completer`() {
    let completer = CellCompleter(command: ["/nowhere"], environment: [:])
    #expect(completer.ask(question) == nil)
  }

  @Test func `an answer becomes completions, and the process stays for the next question`() throws {
    // Two texts, `a` and `b`, for each byte that comes.
    let folder = try TemporaryFolder()
    let answer = "\\002\\000\\000\\000\\001\\000\\000\\000a\\001\\000\\000\\000b"
    let completer = completer(
      "echo x >> \(folder.path)/starts; printf '\(answer)\(answer)'; cat > /dev/null")
    let expected = [CellCompletion(text: "a", note: "b")]
    #expect(completer.ask(question) == expected)
    #expect(completer.ask(question) == expected)
    #expect(try String(contentsOfFile: folder.path + "/starts", encoding: .utf8) == "x\n")
  }
}
