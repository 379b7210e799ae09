import ArgumentParser
import Glibc
import RunnerCells
import RunnerCore
import RunnerShell
import RunnerWorker

/// The command line of `runner-repl`.
@main struct RunnerRepl: ParsableCommand {
  static let version = "0.1"

  static let configuration = CommandConfiguration(
    commandName: "runner-repl",
    abstract: "Starts, runs, cancels and closes runners, and shows their live tasks.",
    discussion: """
      Without -c, -f or a pipe on standard input it prompts; type help there.

      Exit status: 0 ok, 1 a command failed, 2 usage, 3 the worker was lost, 4 a deadline passed, \
      5 a deadlock was found, 128+n ended by signal n.
      """,
    version: version)

  @Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run a command and exit; may be given more than once.", valueName: "cmd"),
    completion: .list(CommandRegistry.standard.names))
  var commands: [String] = []

  @Option(
    name: .customShort("f"), help: ArgumentHelp("Run a file and exit.", valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Let every looking command write JSON.")
  var json = false

  @Option(help: "When to use colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Flag(name: .shortAndLong, help: "Do not greet.")
  var quiet = false

  @Flag(name: .customLong("no-init"), help: "Do not read the init file.")
  var skipsInit = false

  @Flag(name: .customLong("no-history"), help: "Neither read nor write the history.")
  var skipsHistory = false

  @Option(
    help: ArgumentHelp(
      "How much memory Swift may take, as in 2GiB; three quarters of the machine's without it.",
      valueName: "size"),
    transform: { text in
      guard let limit = MemoryLimit(text) else { throw ValidationError(MemoryLimit.rule) }
      return limit
    })
  var memoryLimit: MemoryLimit = .standard

  @Option(
    help: ArgumentHelp(
      "Write the completion script for bash, zsh or fish and exit.", valueName: "shell"))
  var completion: Shell?

  @Flag(help: "Write the manual page and exit: 'runner-repl --manual | man -l -'.")
  var manual = false

  @Option(help: .hidden)
  var worker: WorkerOutputChoice?

  @Option(help: .hidden)
  var completer: String?

  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Flag(help: .hidden)
  var lentTerminal = false

  /// The number of a worker's first cell, behind those of the worker before it.
  @Option(help: .hidden)
  var firstCell = 1

  /// How the process was started as a worker: where its output goes.
  enum WorkerOutputChoice: String, ExpressibleByArgument, CaseIterable {
    case captured, inherited
  }

  mutating func run() throws {
    if let completer { CompleterMain.run(library: completer) }
    if let worker {
      ToolCode.install(CompiledSwift.toolCode)
      try WorkerMain.run(
        source: BuiltInSource(), cells: CompiledSwift(firstCell: firstCell), version: Self.version,
        endsWithReader: worker == .inherited, terminal: lentTerminal ? LentTerminal() : nil,
        memoryLimit: memoryLimit)
    }
    if let script {
      Descriptors.write(Array(script.utf8), to: STDOUT_FILENO)
      endProcess(0)
    }
    endProcess(try FrontEnd(self).run().code)
  }

  /// Parses and runs; what ArgumentParser calls a usage error is status 2 here.
  static func main() {
    StandardDescriptors.fill()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        Descriptors.write(Array((message + "\n").utf8), to: code.isSuccess ? 1 : 2)
      }
      endProcess(code == .validationFailure ? ShellStatus.usage.code : code.rawValue)
    }
  }
}
