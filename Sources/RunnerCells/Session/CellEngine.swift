package import RunnerCellRuntime
internal import RunnerCore

/// Makes code of the cells of a session; every call may be made from any thread.
///
/// `build` compiles and loads and blocks its thread for that long. `run` runs what was built in the
/// caller's task. Nothing is part of the session before it has run.
package final class CellEngine: Sendable {
  private struct State {
    var session: CellSession
    var workshop: CellCompiler?
    var completer: CellCompleter?
    /// The session's last cell when completion was prepared, or 0.
    var preparedCell: Int?
    var programs: [Int: CellProgram] = [:]
    /// What each module that was loaded was made of.
    var keys: [String: CellKey] = [:]
    var given: GivenObjects?

    /// What a cell can see that is built now.
    var context: CellContext {
      var context = session.context
      if let given {
        context.given = given.names.subtracting(session.names.map(\.declaration.name))
        context.givenType = given.type
      }
      return context
    }
  }

  private let environment: [String: String]
  private let prelude: [String]
  private let completerCommand: [String]
  private let state: LockedValue<State>

  /// Creates an engine; the toolchain is looked for when the first cell is built.
  ///
  /// - Parameters:
  ///   - environment: says where the compiler is, where folders may be made, and is the compiler's own.
  ///   - prelude: the modules that every cell sees; this program must contain them.
  ///   - completer: a command that does `CompleterMain.run` with the path that is added to it; without one
  ///     nothing is completed.
  package init(
    environment: [String: String], prelude: [String] = ["RunnerCore", "RunnerExamples"],
    completer: [String] = []
  ) {
    self.environment = environment
    self.prelude = prelude
    completerCommand = completer
    state = LockedValue(State(session: CellSession(prelude: prelude)))
  }

  /// Lets cells name objects of this program; for all engines of a process there is one such list.
  package func give(_ objects: GivenObjects) {
    state.withLock { $0.given = objects }
    CellObject.give { objects.object(named: $0) }
  }

  /// Gives numbers from this one on, because an engine that is gone has given those before it.
  package func skip(to number: Int) { state.withLock { $0.session.skip(to: number) } }

  /// The session as it is now.
  package var session: CellSession { state.withLock { $0.session } }

  /// Finds the compiler and what it needs, or says what is missing.
  ///
  /// - Throws: `CellError`; the next call looks again.
  package func prepare() throws(CellError) { _ = try compiler() }

  /// Does beforehand what the first cell would have to wait for; blocks the calling thread.
  package func warmUp() {
    guard let compiler = try? compiler() else { return }
    compiler.warmUp(prelude)
  }

  /// Does beforehand what the next completion would have to wait for, unless that is done since the last
  /// cell; blocks the calling thread.
  ///
  /// One question starts SourceKit and makes it read the modules and the cells, as it must again after a cell. A
  /// cell that is built ends it, and it is done another time.
  ///
  /// - Returns: Whether there was something to do.
  @discardableResult package func warmUpCompletion() -> Bool {
    let isNeeded = state.withLock { state in
      let cell = state.session.cells.last?.number ?? 0
      defer { state.preparedCell = cell }
      return state.preparedCell != cell
    }
    guard isNeeded else { return false }
    if let (completer, question) = question(after: "", prefix: "print"),
      completer.ask(question, isWarmUp: true) == nil
    {
      state.withLock { $0.preparedCell = nil }
    }
    return true
  }

  private func compiler() throws(CellError) -> CellCompiler {
    try state.withLock { state throws(CellError) in
      if let compiler = state.workshop { return compiler }
      let modules = try CellModules.ofThisProgram()
      let toolchain = try Toolchain.discover(environment: environment)
      try modules.check(toolchain)
      let compiler = CellCompiler(
        toolchain: toolchain, modules: modules, folder: try CellFolder(environment: environment),
        environment: environment)
      state.workshop = compiler
      return compiler
    }
  }

  // MARK: Building

  /// Compiles and loads a cell; nothing of it runs yet.
  ///
  /// - Parameters:
  ///   - text: the cell.
  ///   - name: what messages call it; `cell-6` when there is none.
  ///   - firstLine: the number of its first line.
  ///   - wanted: the number that it should have; it gets another one where a cell has that already.
  ///   - control: lets another thread cancel the build.
  /// - Returns: the cell, to be run once.
  /// - Throws: `CellError`; the session is as before.
  package func build(
    _ text: String, name: String? = nil, firstLine: Int = 1, number wanted: Int? = nil,
    control: BuildControl = BuildControl()
  ) throws(CellError) -> BuiltCell {
    let compiler = try compiler()
    state.withLock { $0.completer }?.endWarmUp()
    let (number, context) = state.withLock { ($0.session.reserve(wanted), $0.context) }
    do throws(CellError) {
      let source = CellSource(name: name ?? "cell-\(number)", text: text, firstLine: firstLine)
      let awaited = GatheredCalls.awaited(in: source) { context.owners[$0] != nil }
      return try build(awaited, number, context, compiler, control)
    } catch {
      state.withLock { $0.session.release(number) }
      throw error
    }
  }

  private func build(
    _ source: CellSource, _ number: Int, _ context: CellContext, _ compiler: CellCompiler,
    _ control: BuildControl
  ) throws(CellError) -> BuiltCell {
    let clock = ContinuousClock()
    let start = clock.now
    let parts: CellParts
    switch CellReading.of(source) {
    case .complete(let read): parts = read
    case .empty: throw CellError(.empty, "There is no code in this cell.")
    case .incomplete:
      throw CellError(.incomplete, "The cell ends in the middle; add what is missing.")
    }
    if let gap = parts.missingSeparator {
      let diagnostic = CompilerDiagnostic(
        .error, "a line's end or ';' is missing between two statements", at: gap, of: source)
      throw CellError(.rejected, "The cell does not compile.", diagnostics: [diagnostic])
    }
    if let name = parts.firstRead(of: unsetNames()) {
      throw CellError(
        .rejected, "'\(name)' was declared without a value and has none yet; write: \(name) = …")
    }
    var cell = CellRewriter.rewrite(parts, number: number, in: context)
    let read = clock.now
    let imported = keys(of: [context.head, context.lastValue])
    let product: CellCompiler.Product
    do {
      product = try compiler.compile(cell, of: source, importing: imported, control: control)
    } catch  where error.code == .failed && cell.hasReplacements {
      // What stood for an earlier function cannot be said here: then both can be called.
      var plain = context
      plain.functions = [:]
      cell = CellRewriter.rewrite(parts, number: number, in: plain)
      product = try compiler.compile(cell, of: source, importing: imported, control: control)
    }
    let compiled = clock.now
    let program = try CellLoader(toolchain: compiler.toolchain).load(
      product.library, needing: product.libraries, entry: cell.entry)
    state.withLock { $0.keys[cell.module] = product.key }
    return BuiltCell(
      number: number, parts: parts, warnings: product.warnings,
      times: CellTimes(
        reading: read - start, compiling: product.compiling, linking: product.linking,
        loading: clock.now - compiled),
      program: program, context: context)
  }

  private func keys(of modules: [String?]) -> [CellKey] {
    let keys = state.withLock { $0.keys }
    return modules.compactMap { $0.flatMap { keys[$0] } }
  }

  // MARK: Running

  /// Runs a cell in the caller's task, and adds it to the session.
  ///
  /// A cell that fails is added too when everything it declares has its value: a function that it
  /// declares can be called again.
  /// - Throws: what the cell throws.
  package func run(_ cell: BuiltCell) async throws -> CellOutcome {
    do {
      try await cell.program.run()
    } catch {
      _ = keep(cell, hasValue: false)
      throw error
    }
    let values = cell.program.values()
    let isKept = keep(cell, hasValue: values.contains { $0.name == "_" })
    return CellOutcome(values: values, isKept: isKept)
  }

  private func keep(_ cell: BuiltCell, hasValue: Bool) -> Bool {
    guard cell.program.isComplete else { return false }
    return state.withLock { state in
      let isKept = state.session.commit(
        cell.number, cell.parts, builtIn: cell.context, hasValue: hasValue)
      if isKept { state.programs[cell.number] = cell.program }
      return isKept
    }
  }

  // MARK: Completing

  /// Tells what can follow a half-typed cell; blocks the calling thread, up to a second the first time.
  ///
  /// - Parameters:
  ///   - text: What stands before the word that is being typed.
  ///   - prefix: The beginning of the word.
  /// - Returns: Nothing where there is no compiler, and where its toolchain has no SourceKit.
  package func completions(after text: String, prefix: String) -> [CellCompletion] {
    guard let (completer, question) = question(after: text, prefix: prefix) else { return [] }
    return completer.ask(question) ?? []
  }

  private func question(
    after text: String, prefix: String
  ) -> (CellCompleter, CompletionQuestion)? {
    guard !completerCommand.isEmpty, let compiler = try? compiler(),
      FileReader.exists(compiler.toolchain.sourceKit)
    else { return nil }
    let (completer, session, context) = state.withLock { state in
      let completer =
        state.completer
        ?? CellCompleter(
          command: completerCommand + [compiler.toolchain.sourceKit], environment: environment)
      state.completer = completer
      return (completer, state.session, state.context)
    }
    let question = CompletionQuestion(
      after: text, prefix: prefix, in: session, given: context.givenDeclarations,
      arguments: compiler.completionArguments)
    return (completer, question)
  }

  // MARK: Looking

  /// The session's variables with their values as they are now.
  ///
  /// Reads them: call it where cells run.
  package func variables() -> [CellValue] {
    let (session, programs) = state.withLock { ($0.session, $0.programs) }
    return session.cells.flatMap { cell -> [CellValue] in
      let values = programs[cell.number]?.values() ?? []
      return values.filter { session.owner(of: $0.name) == cell.module }
    }
  }

  /// The newest names without a value; to read one would end the process.
  private func unsetNames() -> [String] {
    let (session, programs) = state.withLock { ($0.session, $0.programs) }
    return session.cells.flatMap { cell in
      (programs[cell.number]?.unsetNames ?? []).filter { session.owner(of: $0) == cell.module }
    }
  }

  /// Forgets all names of the session.
  package func reset() {
    state.withLock { state in
      state.session.reset()
      state.programs = [:]
    }
  }
}
