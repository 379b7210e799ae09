import RunnerCore
import RunnerWire

/// Answers requests from an inspector or a controller.
struct RequestHandler: Sendable {
  let inspector: any RunnerInspector
  /// The same object when it can act; `nil` when it only looks.
  let controller: (any RunnerController)?

  /// Executes a request on the calling thread and returns what came of it.
  func answer(_ call: WireCall) -> WireReply.Outcome {
    do {
      if let result = try look(call) { return .result(result) }
      if let controller, let result = try act(call, controller) { return .result(result) }
      return .failure(
        WireFailure(RunnerError(.notAllowed, "This monitor cannot do '\(call.name.rawValue)'.")))
    } catch let rejection as CellRejection {
      return .result(.rejected(rejection.diagnostics.map { WireCellDiagnostic($0) }))
    } catch let error as RunnerError {
      return .failure(WireFailure(error))
    } catch {
      return .failure(
        WireFailure(
          RunnerError(.system, "The call '\(call.name.rawValue)' failed: \(error).")))
    }
  }

  private func look(_ call: WireCall) throws -> WireResult? {
    switch call {
    case .runners: .runners(try inspector.runners().map { WireRunnerSnapshot($0) })
    case .tasks(let query): .listing(WireTaskListing(try inspector.tasks(query.model)))
    case .task(let id): .task(WireTaskSnapshot(try inspector.task(TaskID(id))))
    case .stack(let id): .stack(WireTaskStack(try inspector.stack(of: TaskID(id))))
    case .history(let query): .listing(WireTaskListing(try inspector.history(query.model)))
    case .loop(let runner): .loop(WireLoopSnapshot(try inspector.loop(of: runner)))
    case .context(let owner):
      .context(WireContextSnapshot(try inspector.context(of: owner.model)))
    default: nil
    }
  }

  private func act(
    _ call: WireCall, _ controller: any RunnerController
  ) throws -> WireResult? {
    switch call {
    case .makeRunner(let options):
      .runner(WireRunnerSnapshot(try controller.makeRunner(options.model)))
    case .startRunner(let name): .runner(WireRunnerSnapshot(try controller.startRunner(name)))
    case .stopRunner(let name): .runner(WireRunnerSnapshot(try controller.stopRunner(name)))
    case .run(let expression, let runner):
      .job(WireJobSnapshot(try controller.run(expression, on: runner)))
    case .spawn(let expression, let runner, let name):
      .task(WireTaskSnapshot(try controller.spawn(expression, on: runner, named: name)))
    case .evaluate(let cell, let runner):
      .cell(WireCellStart(try controller.evaluate(cell.model, on: runner)))
    case .typeOf(let cell): .type(try controller.type(of: cell.model))
    case .variables(let runner):
      .variables(try controller.variables(on: runner).map { WireValueBinding($0) })
    case .complete(let text, let prefix):
      .completions(
        try controller.completions(after: text, prefix: prefix).map { WireSwiftCompletion($0) })
    case .forgetCells:
      try { () throws -> WireResult in
        try controller.forgetCells()
        return .done
      }()
    case .jobs: .jobs(try controller.jobs().map { WireJobSnapshot($0) })
    case .waitForJob(let job, let limit):
      .job(WireJobSnapshot(try controller.wait(for: JobID(job), limit: duration(limit))))
    case .waitForTask(let task, let limit):
      .task(WireTaskSnapshot(try controller.wait(for: TaskID(task), limit: duration(limit))))
    case .cancel(let request):
      .outcomes(try controller.cancel(request.model).map { WireCancelOutcome($0) })
    case .interrupt(let runner):
      .interrupt(WireInterruptOutcome(try controller.interrupt(runner)))
    case .close(let runner, let deadline):
      .report(WireCloseReport(try controller.close(runner, deadline: duration(deadline))))
    case .abandonWaits: .done
    default: nil
    }
  }

  private func duration(_ nanoseconds: Int64?) -> Duration? {
    nanoseconds.map { Duration(wireNanoseconds: $0) }
  }
}
