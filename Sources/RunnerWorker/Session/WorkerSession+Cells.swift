package import RunnerCore
internal import RunnerExamples

/// Swift that is compiled: cells, and expressions that are no call of a built-in coroutine.
extension WorkerSession {
  package func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart {
    let host = try openHost(named: runner)
    let compiled = try compiler().compile(cell)
    CellTexts.note(cell, name: cell.file ?? "cell-\(compiled.number)")
    _ = try host.runner.loop
    let job = withJobs { $0.begin(cell.title, on: runner) }
    do {
      try host.run(
        HostMailbox.Run(
          job: job.id, expression: cell.title, coroutine: compiled.coroutine,
          bindings: compiled.bindings))
    } catch {
      withJobs { $0.forget(job.id) }
      throw error
    }
    return CellStart(
      number: compiled.number, job: job, declaredNames: compiled.declaredNames,
      compileTime: compiled.compileTime,
      warnings: compiled.warnings)
  }

  package func type(of expression: CellRequest) throws -> String {
    try compiler().type(of: expression)
  }

  package func variables(on runner: String) throws -> [ValueBinding] {
    guard let cells else { return [] }
    guard let loop = try host(named: runner).runner.existingLoop else { return cells.variables() }
    let variables = loop.inspect { $0 == .exact ? cells.variables() : nil }
    guard let variables else {
      throw RunnerError(
        .alreadyRunning,
        "The loop of '\(runner)' is inside a step that does not end, so its variables cannot be read;"
          + " 'loop \(runner)' says where it is.")
    }
    return variables
  }

  package func completions(after text: String, prefix: String) throws -> [SwiftCompletion] {
    cells?.completions(after: text, prefix: prefix) ?? []
  }

  package func forgetCells() throws { cells?.forget() }

  /// A built-in coroutine, which needs no compiler, or else whatever the compiler makes of it.
  ///
  /// A number that a built-in coroutine does not take is refused as it is without a compiler.
  func coroutine(for expression: String) throws -> NamedCoroutine {
    do {
      return try source.coroutine(for: expression)
    } catch let error as RunnerError where error.code == .argumentOutOfRange {
      throw RunnerError(.invalidArgument, error.message)
    } catch let error as RunnerError where error.code != .abandoned {
      guard let cells, cells.isAvailable else { throw error }
      let request = CellRequest(source: expression, file: "expression")
      let compiled = try cells.compile(expression: request)
      CellTexts.note(request, name: "expression")
      return compiled.coroutine
    }
  }

  private func compiler() throws -> any SwiftSource {
    guard let cells else {
      throw RunnerError(
        .unavailable, "This worker has no compiler; use run or spawn with a built-in coroutine.")
    }
    return cells
  }
}

extension CellRequest {
  /// How listings call the run of it: its first line, and a sign that there are more.
  fileprivate var title: String {
    let lines = source.split(whereSeparator: \.isNewline)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "cell" }
    let text = String(first.drop(while: \.isWhitespace))
    return lines.count > 1 ? text + " …" : text
  }
}
