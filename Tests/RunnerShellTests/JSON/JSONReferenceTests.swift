import GoldenTesting
import RunnerCore
import RunnerShell
import Testing

@Suite(.serialized) struct JSONReferenceTests {
  private static let path = "Docs/Reference/json-output.md"

  private static let lines = [
    "ps": "ps --limit 1", "top": "top --limit 1", "history": "history --state failed",
    "task": "task 1", "tree": "tree", "why": "why 2",
    "runners": "runners", "jobs": "jobs --all", "loop": "loop", "context": "context 2 vs 7",
    "where": "where 2",
    "vars": "vars", "examples": "examples sleep", "help": "help use",
  ]

  /// Returns what a command writes.
  private func document(of command: String) throws -> String {
    let output = RecordingOutput()
    let scenario: Scenario =
      switch command {
      case "tree": .deadlock
      case "why": .locks
      case "vars": .cells
      default: .busy
      }
    let controller = scenario.controller
    let session = Session(controller: controller, catalog: SmallCatalog(), output: output)
    if command == "jobs" {
      for expression in ["pair()", "fail(after: 1)"] { _ = session.execute("run \(expression)") }
      _ = output.take()
    }
    _ = session.execute(try #require(Self.lines[command]) + " --json")
    return try #require(output.takeTexts().first)
  }

  @Test(arguments: CommandRegistry.standard.commands.filter(\.supportsJSON).map(\.name))
  func `the documented example has the keys that the command writes`(command: String) throws {
    var reference = JSONReference(try Golden.text(of: Self.path))
    let written = try document(of: command)
    if Golden.isUpdating {
      try reference.setExample(of: command, to: written)
      _ = try Golden.text(of: Self.path, updatedTo: reference.text)
    }
    let example = try #require(reference.example(of: command))
    #expect(try JSONReference.keys(of: example) == JSONReference.keys(of: written))
  }

  @Test(arguments: CommandRegistry.standard.commands.filter(\.supportsJSON).map(\.name))
  func `every key is explained on the page, and the schema names the command`(
    command: String
  ) throws {
    let reference = JSONReference(try Golden.text(of: Self.path))
    let written = try document(of: command)
    #expect(written.contains(#""schema":"runner-repl/\#(command)/1""#))
    for path in try JSONReference.keys(of: written) {
      let key = path.split(separator: ".").last ?? ""
      #expect(reference.text.contains("`\(key)`"), "\(path)")
    }
  }
}
