import Foundation
import RunnerShell
import TerminalTesting
import Testing

@testable import RunnerTerminal

@Suite(.timeLimit(.minutes(1)))
struct PlainLineReaderTests {
  private let request = LineRequest(
    prompt: [StyledText("> ", .bold)], continuationPrompt: [StyledText(". ")])

  private func read(_ text: String, assistant: (any LineAssistant)? = nil) throws -> [LineResult] {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "input")
    let input = open(folder.path + "/input", O_RDONLY)
    let output = open(folder.path + "/output", O_WRONLY | O_CREAT, 0o600)
    defer {
      close(input)
      close(output)
    }
    let reader = try #require(
      PlainLineReader(input: input, output: output, assistant: assistant))
    var results: [LineResult] = []
    repeat { results.append(reader.readLine(request)) } while results.last != .endOfInput
    #expect(try folder.read("output").isEmpty)
    return results
  }

  private final class Braces: LineAssistant {
    func isComplete(_ text: String) -> Bool {
      text.filter { $0 == "{" }.count <= text.filter { $0 == "}" }.count
    }

    func completions(of text: String, at cursor: Int) -> LineCompletions {
      LineCompletions(start: cursor, candidates: [])
    }
  }

  @Test func `a file is read by lines without prompts`() throws {
    #expect(try read("one\n\ntwo") == [.line("one"), .line(""), .line("two"), .endOfInput])
  }

  @Test func `incomplete lines are joined`() throws {
    #expect(
      try read("f {\n1\n}\nx\ng {\n2", assistant: Braces()) == [
        .line("f {\n1\n}"), .line("x"), .line("g {\n2"), .endOfInput,
      ])
  }

  @Test func `the end of input stays the end`() throws {
    let pipe = TestPipe()
    let input = open("/dev/null", O_RDONLY)
    defer { close(input) }
    let reader = try #require(PlainLineReader(input: input, output: pipe.writeEnd))
    #expect(reader.readLine(request) == .endOfInput)
    #expect(reader.readLine(request) == .endOfInput)
  }

  @Test func `a closed input is its end`() throws {
    let pipe = TestPipe()
    let reader = try #require(PlainLineReader(input: 1_000_000, output: pipe.writeEnd))
    #expect(reader.readLine(request) == .endOfInput)
  }

  @Test func `output goes straight out`() throws {
    let pipe = TestPipe()
    let reader = try #require(PlainLineReader(input: pipe.readEnd, output: pipe.writeEnd))
    reader.write(Array("\u{1B}[2Jraw".utf8))
    #expect(pipe.read(7) == Array("\u{1B}[2Jraw".utf8))
  }

  @Test func `a person at a dumb terminal gets prompts, and Ctrl-C a new one`() throws {
    let terminal = try PseudoTerminal(
      FixtureTerminal.program, columns: 40, rows: 12,
      environment: ["TERM": "dumb"])
    try terminal.waitForText("fixture>")
    terminal.send("one\r")
    try terminal.waitForText("<\"one\">\nfixture>")
    terminal.send("f {\r")
    try terminal.waitForLine("......>")
    terminal.send("\u{3}")
    try terminal.waitForText("interrupted, text: true\nfixture>")
    terminal.send("\u{4}")
    #expect(try terminal.waitForExit() == 0)
    #expect(!terminal.bytes.contains(0x1B))
  }
}
