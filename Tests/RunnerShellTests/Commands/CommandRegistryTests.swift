import RunnerShell
import Testing

@Suite struct CommandRegistryTests {
  private let registry = CommandRegistry.standard

  @Test func `all commands of this version are there`() {
    let names = """
      new start stop run spawn cancel interrupt close runners use jobs fg wait ps top watch tree \
      why task where loop context history type vars load save replay reset time examples help quit \
      set
      """
    #expect(registry.names == names.split(separator: " ").map(String.init))
  }

  @Test(arguments: CommandRegistry.standard.commands.flatMap(\.examples))
  func `every documented example parses`(line: String) throws {
    let classifier = InputClassifier(coroutines: ["countdown"])
    guard case .command(let invocation) = try classifier.classify(line) else {
      Issue.record("'\(line)' is no command")
      return
    }
    #expect(line.hasPrefix(invocation.command.name))
  }

  @Test(arguments: CommandRegistry.standard.names)
  func `every command says what it is`(name: String) throws {
    let command = try registry.resolve(name)
    #expect(!command.summary.isEmpty && !command.examples.isEmpty)
    #expect(command.meaning.hasSuffix("."))
    #expect(command.arguments.allSatisfy { $0.meaning.hasSuffix(".") })
    #expect(command.allFlags.allSatisfy { $0.meaning.hasSuffix(".") })
    // What watches writes the documents of what is watched.
    #expect(!command.isLooking || command.supportsJSON || command.takesCommandLine)
  }

  @Test(arguments: [("hist", "history"), ("ta", "task"), ("tr", "tree"), ("runn", "runners")])
  func `a unique beginning means a command that looks`(prefix: String, name: String) throws {
    #expect(try registry.resolve(prefix).name == name)
  }

  @Test(arguments: ["canc", "clos", "sp", "q", "w"])
  func `a beginning never means a command that acts`(prefix: String) {
    #expect(throws: CommandError.self) { try registry.resolve(prefix) }
  }
}
