import Glibc
import RunnerCore
import RunnerMonitor
import RunnerShell
import RunnerTerminal
import RunnerWorker

/// Puts reader, session, worker and signals together, and runs them to the end.
struct FrontEnd {
  private let options: RunnerRepl
  private let surroundings: Surroundings

  init(_ options: RunnerRepl) {
    self.options = options
    surroundings = Surroundings(options)
  }

  func run() throws -> ShellStatus {
    surroundings.isInteractive ? try runPrompt() : try runBatch()
  }

  // MARK: A person

  private func runPrompt() throws -> ShellStatus {
    let assistant = LateAssistant()
    let history = surroundings.history
    let editor = EditLineReader(
      program: "runner-repl", history: history, assistant: assistant,
      usesStyles: surroundings.usesColor, usesASCII: surroundings.rendering.usesASCII)
    let plain = editor == nil ? plainReader(assistant) : nil
    guard let reader: any LineReader = editor ?? plain else {
      throw RunnerError(.system, "No line can be read: the process has no descriptors left.")
    }
    let supervisor = WorkerSupervisor(
      output: .captured, input: .lent, memoryLimit: options.memoryLimit
    ) { reader.write($0) }
    let session = Session(
      controller: try supervisor.start(), catalog: BuiltInCatalog(),
      output: LineReaderOutput(reader), settings: settings(isBatch: false),
      sources: SourceFiles(), grammar: ParsedSwift(), inputs: editor, worker: supervisor,
      screen: editor, questions: LineReaderQuestions(reader))
    supervisor.serve(session)
    assistant.follow(ShellAssistant(session))
    let pump = SignalPump(actions(editor, plain, session))
    greet(reader, warning: history.warning)
    if let lines = surroundings.initLines {
      for line in lines { _ = session.execute(line) }
    }
    var repl = Repl(session)
    var status = repl.run([ReplSource(reader: reader)])
    if status == .ok, plain?.hasLostOutput == true { status = .failed }
    supervisor.leave(status)
    withExtendedLifetime(pump) {}
    return status
  }

  private func plainReader(_ assistant: LateAssistant) -> PlainLineReader? {
    PlainLineReader(assistant: assistant) {
      Descriptors.write(Array("\(WorkerMain.outputLost)\n".utf8), to: STDERR_FILENO)
    }
  }

  private func actions(
    _ editor: EditLineReader?, _ plain: PlainLineReader?, _ session: Session
  ) -> SignalPump.Actions {
    guard let editor else {
      guard let plain else { return SignalPump.Actions(interrupt: { session.interrupt() }) }
      return SignalPump.Actions(reader: plain, interrupt: { session.interrupt() })
    }
    var actions = SignalPump.Actions(reader: editor, interrupt: { session.interrupt() })
    let resize = actions.resized
    actions.resized = {
      session.resize(to: TerminalSize.columns(of: STDOUT_FILENO))
      resize()
    }
    return actions
  }

  private func greet(_ reader: any LineReader, warning: String?) {
    var lines: [String] = []
    if !options.quiet {
      let spec = surroundings.rendering
      let dot = spec.usesASCII ? "-" : "·"
      let missing = CompiledSwift.missing
      let invitation =
        missing == nil ? "Swift; await works" : "countdown(3)"
      let greeting =
        "runner-repl \(RunnerRepl.version) \(dot) Swift \(Toolchain.version) \(dot) libedit \(dot) "
        + "type help, or \(invitation)"
      lines = [greeting] + (missing.map { [$0] } ?? [])
    }
    if let warning { lines.append(warning) }
    let columns = surroundings.rendering.width
    for line in lines.flatMap({ LineWrapping.wrap(StyledLine($0), columns: columns) }) {
      reader.write(Array((line.plain + "\n").utf8))
    }
  }

  // MARK: A batch

  private func runBatch() throws -> ShellStatus {
    let supervisor = WorkerSupervisor(
      output: .inherited, input: batchInput, memoryLimit: options.memoryLimit
    ) { _ in }
    let session = Session(
      controller: try supervisor.start(), catalog: BuiltInCatalog(),
      output: SplitOutput(
        results: {
          if !Descriptors.write($0, to: STDOUT_FILENO) { supervisor.noteLostOutput() }
        },
        others: { Descriptors.write($0, to: STDERR_FILENO) }),
      settings: settings(isBatch: true), sources: SourceFiles(), grammar: ParsedSwift(),
      worker: supervisor)
    supervisor.serve(session)
    let sources = try batchSources()
    let readers = sources.map(\.reader)
    let pump = SignalPump(
      SignalPump.Actions(interrupt: {
        session.interrupt()
        for reader in readers { reader.interrupt() }
      }))
    var repl = Repl(session)
    var status = repl.run(sources)
    if status == .ok, supervisor.hasLostOutput { status = .failed }
    supervisor.leave(status)
    withExtendedLifetime(pump) {}
    return status
  }

  /// What cells of a batch read: nothing where the commands come from there.
  private var batchInput: WorkerLaunch.Input {
    options.commands.isEmpty && options.file == nil ? .none : .inherited
  }

  private func batchSources() throws -> [ReplSource] {
    var sources: [ReplSource] = []
    if !options.commands.isEmpty {
      sources.append(ReplSource(lines: options.commands, name: "-c"))
    }
    if let file = options.file {
      do {
        sources.append(ReplSource(file: file, lines: try Surroundings.lines(ofFile: file)))
      } catch {
        throw RunnerError(
          .notFound, "The file '\(file)' cannot be read; give the path of a text file.")
      }
    }
    if sources.isEmpty {
      guard let reader = PlainLineReader() else {
        throw RunnerError(.system, "No line can be read: the process has no descriptors left.")
      }
      sources.append(ReplSource(reader: reader, name: "stdin"))
    }
    return sources
  }

  private func settings(isBatch: Bool) -> SessionSettings {
    SessionSettings(
      isBatch: isBatch, writesJSON: options.json, rendering: surroundings.rendering)
  }
}
