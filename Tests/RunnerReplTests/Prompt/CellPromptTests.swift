import Foundation
import TerminalTesting
import Testing

/// Swift at the prompt, in a terminal, beyond what the tests of the rules show.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CellPromptTests {
  private func prompt(_ arguments: [String] = ["-q"]) throws -> Prompt {
    try Prompt(arguments, environment: Home.toolchain)
  }

  @Test func `the greeting says that Swift can be typed`() throws {
    let prompt = try prompt([])
    #expect(
      prompt.lines.first
        == "runner-repl 0.1 · Swift 6.3.1 · libedit · type help, or any Swift; await works at the prompt"
    )
    #expect(try prompt.leave() == 0)
  }

  @Test func `a worker that was stopped is replaced, too`() throws {
    let prompt = try prompt()
    let old = try prompt.worker()
    prompt.terminal.send("print(1 + 41); try await sleep(60)\r")
    try prompt.terminal.waitForText("\n42")
    kill(old, SIGSTOP)
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForText("interrupted: main was stuck, so its worker was replaced")
    #expect(try prompt.execute("1 + 1") == ["Int = 2"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `a name that is nearly a command's brings the command to mind`() throws {
    let prompt = try prompt()
    #expect(try prompt.execute("jobs.count").last == "did you mean :jobs?")
  }

  @Test func `what takes long to compile says so, and leaves no trace`() throws {
    let prompt = try prompt()
    let statements = (0..<60).map { "let v\($0) = [1, 2].map { $0 * 2 }.reduce(\($0), +)" }
    let cell = statements.joined(separator: "; ")
    prompt.terminal.send(cell + "\r")
    try prompt.terminal.wait(for: "the progress") { $0.text.contains(" compiling 0.") }
    try prompt.terminal.waitForText("v59: Int = 65\nmain>")
    #expect(!prompt.terminal.screen.transcript.contains("compiling"))
    #expect(prompt.lines.filter { $0.hasPrefix("v0: ") } == ["v0: Int = 6"])
    #expect(try prompt.leave() == 0)
  }

  @Test func `further lines are indented, and a brace that closes is not`() throws {
    let prompt = try prompt()
    for line in ["func triple(_ n: Int) -> Int {", "if n > 0 {", "return 3 * n", "}", "return 0"] {
      // Keys that come all at once are a paste.
      prompt.terminal.send(line)
      try prompt.terminal.wait(for: line) { $0.currentLine.hasSuffix(line) }
      prompt.terminal.send("\r")
      try prompt.terminal.wait(for: "a line after '\(line)'") { screen in
        screen.text.contains("\(line)\n....>") && screen.currentLine == "....>"
      }
    }
    prompt.terminal.send("}")
    try prompt.terminal.waitForText(
      """
      main> func triple(_ n: Int) -> Int {
      ....>   if n > 0 {
      ....>     return 3 * n
      ....>   }
      ....>   return 0
      ....> }
      """)
    prompt.terminal.send("\r")
    try prompt.terminal.waitForLine("main>")
    #expect(try prompt.execute("triple(5)") == ["Int = 15"])
  }

  @Test func `a loop within the loop brings await to mind`() throws {
    let prompt = try prompt()
    #expect(
      try prompt.execute("try Runner.run { try await sleep(0) }").last
        == "at the prompt a runner runs already; write await and the call instead")
  }
}
