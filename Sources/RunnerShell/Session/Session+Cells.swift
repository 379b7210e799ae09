internal import RunnerCore

/// Swift at the prompt: each input of it is a cell, compiled and run as one task of the runner in use.
extension Session {
  /// Compiles a cell and runs it to its end.
  package func evaluate(
    _ source: String, file: String? = nil, firstLine: Int = 1
  ) throws -> ShellStatus {
    let number = withBook(\.nextNumber)
    return try evaluate(
      CellRequest(source: source, file: file, firstLine: firstLine, number: number)
    ).status
  }

  /// Runs the cells again that a lost worker had, until one does not work.
  ///
  /// - Parameter asks: Whether a person is asked first when the cells may do something again outside.
  /// - Returns: The status of the last cell that ran.
  /// - Throws: `CommandError` when there is nothing to run, or nobody to be asked.
  package func replay(asks: Bool = true) throws -> ShellStatus {
    let cells = withBook(\.lost)
    guard !cells.isEmpty else { throw CommandError.nothingToReplay }
    if asks {
      let plan = ReplayPlan(cells, onlyDeclares: grammar.onlyDeclares)
      guard try !plan.isDoubtful || isWanted(plan) else {
        write([StyledLine("nothing was run; ':replay' asks again", .dim)], to: .note)
        return .ok
      }
    }
    while let cell = withBook({ $0.takeLost() }) {
      var request = cell.request
      request.number = cell.number
      let (status, worked) = try evaluate(request, isReplayed: true)
      // One that failed before as well has done what it did then.
      guard worked || (cell.outcome == .failed && status != .interrupted) else {
        withBook { $0.putBack(cell) }
        return status
      }
    }
    return .ok
  }

  /// Says what running cells again can bring about, and asks for it.
  private func isWanted(_ plan: ReplayPlan) throws -> Bool {
    guard let questions else { throw CommandError.replayNeedsAnswer }
    write([StyledLine(plan.sentence)], to: .note)
    return questions.ask("run \(plan.count == 1 ? "it" : "them") again?")
  }

  /// Runs a cell, or an expression as `run` does, and tells how long it took.
  package func time(_ text: String) throws -> ShellStatus {
    let wasTelling = showsTimes
    showsTimes = true
    defer { showsTimes = wasTelling }
    switch try classifier.classify(text) {
    case .swift(let source): return try evaluate(source)
    case .command(let invocation)
    where invocation.command.name == Command.run.name && !invocation.isBackground:
      return try invocation.command.perform(CommandContext(self, invocation))
    case .command, .empty, .needsMore: throw CommandError.cannotBeTimed(text)
    }
  }

  /// Prints the type of an expression, which is not run.
  package func showType(of expression: String) throws {
    let request = CellRequest(source: expression, file: "type")
    transition {
      $0.willStart(compiles: true)
      return []
    }
    let type = try showingProgress { try controller.type(of: request) }
    write([StyledLine(VisibleText.line(type, rendering), .accent)], to: .result)
  }

  /// Forgets what the cells have declared.
  package func forgetCells() throws {
    try controller.forgetCells()
    withBook { $0.forget() }
  }

  private func evaluate(
    _ request: CellRequest, isReplayed: Bool = false
  ) throws -> (status: ShellStatus, worked: Bool) {
    let runner = currentRunner
    let outputs = self.outputs
    transition {
      $0.willStart(compiles: true)
      return []
    }
    let start: CellStart
    do {
      start = try showingProgress { try controller.evaluate(request, on: runner) }
    } catch let rejection as CellRejection {
      show(rejection)
      return (.failed, false)
    } catch let error as RunnerError where error.code == .abandoned && verdict == nil {
      writeError("interrupted: the cell was not run")
      return (.interrupted, false)
    }
    runnerIsOpen(runner)
    withBook {
      $0.begin(
        request, number: start.number, declaring: start.declaredNames, isReplayed: isReplayed)
    }
    write(CellRendering.diagnostics(start.warnings, rendering), to: .note)
    noteHiddenCommands(start.declaredNames)
    transition { $0.didStart(start.job, inBackground: false) }
    checkStall(of: runner)
    let (status, job) = try finish(start.job, of: start.number, since: outputs)
    let hasPrinted = self.outputs != outputs
    withBook {
      $0.end(start.number, status == .ok ? .worked : .failed, hasPrinted: hasPrinted)
    }
    showTimes(of: job, compiledIn: start.compileTime)
    return (status, status == .ok)
  }

  /// Tells how long a run took, where that is wanted.
  func showTimes(of job: JobSnapshot?, compiledIn compileTime: Duration? = nil) {
    guard let job, showsTimes else { return }
    write([CellRendering.times(of: job, compiledIn: compileTime, rendering)], to: .note)
  }

  /// Says so when a name of a cell takes the place of a command.
  private func noteHiddenCommands(_ names: [String]) {
    guard !settings.isBatch else { return }
    for name in names where registry.named(name) != nil {
      write(
        [StyledLine("'\(name)' is Swift from now on; ':\(name)' is the command", .dim)], to: .note)
    }
  }

  /// Prints what the compiler says, and a hint when a command or another name was meant, or one was lost.
  func show(_ rejection: CellRejection) {
    let spec = rendering
    var lines = CellRendering.diagnostics(rejection.diagnostics, spec)
    let (lost, declared) = withBook { ($0.lostNames, $0.declaredNames) }
    let hint = CellRendering.hint(
      rejection.diagnostics, commands: registry.names, lost: lost,
      known: catalog.coroutines.map(\.name) + declared.sorted())
    if let hint {
      lines.append(hint)
    }
    write(lines, to: .error)
  }
}
