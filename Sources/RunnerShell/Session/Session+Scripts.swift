private import RunnerCore

/// Files of cells and commands.
extension Session {
  /// Runs the parts of a script in their order, until one fails.
  package func runScript(_ lines: [String], name: String) -> CommandResult {
    runScript(ScriptSplitter.parts(of: lines), name: name).result
  }

  /// Runs parts in their order, until one fails; returns what came of it, and those that were not run.
  private func runScript(
    _ parts: [ScriptSplitter.Part], name: String
  ) -> (result: CommandResult, rest: ArraySlice<ScriptSplitter.Part>) {
    var result = CommandResult()
    var rest = parts[...]
    while let part = rest.popFirst() {
      switch part {
      case .command(let text, let line):
        result = execute(text, at: InputLocation(source: name, line: line))
        if result.needsMore { result = fail(with: .unfinished) }
      case .swift(let text, let line):
        result = executeSwift(text, at: InputLocation(source: name, line: line))
      }
      if result.status != .ok || result.endsSession { break }
    }
    return (result, rest)
  }

  /// Runs a file as if it had been typed.
  package func load(_ path: String) throws -> ShellStatus {
    let lines = try sources.lines(of: path)
    guard beginLoading(path) else { throw CommandError.nestedLoad(path) }
    defer { endLoading(path) }
    let (result, rest) = runScript(ScriptSplitter.parts(of: lines), name: path)
    if let next = rest.first, result.status != .ok, !settings.isBatch {
      let note = "\(path): nothing was run from line \(next.line) on"
      write([StyledLine(VisibleText.line(note, rendering), .dim)], to: .note)
    }
    return result.status
  }

  /// Writes the cells that worked to a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isPlain: Whether `swiftc` is to compile it; else `load` runs it again.
  /// - Returns: How many cells it has.
  /// - Throws: `CommandError` when there is nothing to write, or one plain file cannot have it all.
  package func save(to path: String, isPlain: Bool) throws -> Int {
    let cells = withBook(\.worked)
    guard !cells.isEmpty else { throw CommandError.nothingToSave }
    if isPlain {
      let others = try controller.runners().map(\.name).filter { $0 != settings.firstRunner }
      let text = try grammar.plainFile(
        of: cells, runners: [settings.firstRunner] + others)
      try sources.write(text, to: path)
      return cells.count
    }
    let text = cells.map { $0.request.source.trimmed() + "\n" }.joined(separator: "//:\n")
    try sources.write(
      "// Run it again: runner-repl -f FILE, or 'load FILE' at the prompt.\n//:\n" + text, to: path)
    return cells.count
  }
}
