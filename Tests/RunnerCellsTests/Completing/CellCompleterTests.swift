import Foundation
import RunnerCore
import Testing

@testable import RunnerCells

@Suite(.timeLimit(.minutes(1))) struct CellCompleterTests {
  private let question = CompletionQuestion(
    after: "", prefix: "pr", in: CellSession(prelude: []), arguments: [])

  private func completer(_ script: String) -> CellCompleter {
    CellCompleter(command: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func `nothing is asked after three questions that were fatal in a row`() {
    var attempts = CompleterAttempts()
    var ends: [Bool] = []
    for isAnswered in [false, false, true, false, false, false] {
      attempts.note(isAnswered: isAnswered)
      ends.append(attempts.isOver)
    }
    #expect(ends == [false, false, false, false, false, true])
  }

  @Test func `who asks while another does waits for its turn, and gets an answer`() throws {
    let folder = try TemporaryFolder()
    let answer = "\\002\\000\\000\\000\\001\\000\\000\\000a\\001\\000\\000\\000b"
    // Each answer waits for a line.
    mkfifo(folder.path + "/gate", 0o600)
    let completer = completer(
      "exec 3<>\(folder.path)/gate; for n in 1 2; do read line <&3; printf '\(answer)'; done; cat > /dev/null"
    )
    let expected = [CellCompletion(text: "a", note: "b")]
    let (answers, question) = (LockedValue<[[CellCompletion]?]>([]), question)
    let asking = DispatchGroup()
    for _ in 0..<2 {
      DispatchQueue.global().async(group: asking) {
        let answer = completer.ask(question)
        answers.withLock { $0.append(answer) }
      }
    }
    let gate = open(folder.path + "/gate", O_RDWR)
    defer { close(gate) }
    #expect(write(gate, "\n\n", 2) == 2)
    asking.wait()
    #expect(answers.withLock(\.self) == [expected, expected])
  }

  @Test func `a process that dies of questions is started three times, then no more`() throws {
    let folder = try TemporaryFolder()
    let completer = completer("echo x >> \(folder.path)/starts; exit 1")
    for _ in 0..<6 { #expect(completer.ask(question) == nil) }
    let starts = try String(contentsOfFile: folder.path + "/starts", encoding: .utf8)
    #expect(starts == "x\nx\nx\n")
  }

  @Test func `a warm-up that is ended is no failure, and who asks next gets a process of its own`()
    throws
  {
    let folder = try TemporaryFolder()
    // A process answers when there is a file.
    let answer = "\\002\\000\\000\\000\\001\\000\\000\\000a\\001\\000\\000\\000b"
    let completer = completer(
      "[ -e \(folder.path)/mayAnswer ] && printf '\(answer)'; exec cat > /dev/null")
    let question = question
    for _ in 0..<4 {
      let asking = DispatchGroup()
      let answer = LockedValue<[CellCompletion]?>([])
      DispatchQueue.global().async(group: asking) {
        let completions = completer.ask(question, isWarmUp: true)
        answer.withLock { $0 = completions }
      }
      while asking.wait(timeout: .now() + .milliseconds(1)) == .timedOut { completer.endWarmUp() }
      #expect(answer.withLock(\.self) == nil)
    }
    try Data().write(to: URL(filePath: folder.path + "/mayAnswer"))
    #expect(completer.ask(question) == [CellCompletion(text: "a", note: "b")])
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
