public import RunnerCore
import RunnerWire

extension MonitorClient: RunnerController {
  public func makeRunner(_ options: RunnerOptions) throws -> RunnerSnapshot {
    try askRunner(.makeRunner(WireRunnerOptions(options)))
  }

  public func startRunner(_ name: String) throws -> RunnerSnapshot {
    try askRunner(.startRunner(name))
  }

  public func stopRunner(_ name: String) throws -> RunnerSnapshot {
    try askRunner(.stopRunner(name))
  }

  public func run(_ expression: String, on runner: String) throws -> JobSnapshot {
    try askJob(.run(expression: expression, runner: runner))
  }

  public func spawn(
    _ expression: String, on runner: String, named name: String?
  ) throws -> TaskSnapshot {
    try askTask(.spawn(expression: expression, runner: runner, name: name))
  }

  public func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart {
    try ask(.evaluate(WireCellRequest(cell), runner: runner)) {
      if case .cell(let value) = $0 { value.model } else { nil }
    }
  }

  public func type(of expression: CellRequest) throws -> String {
    try ask(.typeOf(WireCellRequest(expression))) {
      if case .type(let value) = $0 { value } else { nil }
    }
  }

  public func variables(on runner: String) throws -> [ValueBinding] {
    try ask(.variables(runner: runner)) {
      if case .variables(let value) = $0 { value.map(\.model) } else { nil }
    }
  }

  public func completions(after text: String, prefix: String) throws -> [SwiftCompletion] {
    try ask(.complete(after: text, prefix: prefix)) {
      if case .completions(let value) = $0 { value.map(\.model) } else { nil }
    }
  }

  public func forgetCells() throws {
    try ask(.forgetCells) { if case .done = $0 { () } else { nil } }
  }

  public func jobs() throws -> [JobSnapshot] {
    try ask(.jobs) { if case .jobs(let value) = $0 { value.map(\.model) } else { nil } }
  }

  public func wait(for job: JobID, limit: Duration?) throws -> JobSnapshot {
    try askJob(.waitForJob(job.number, limit: limit?.wireNanoseconds))
  }

  public func wait(for task: TaskID, limit: Duration?) throws -> TaskSnapshot {
    try askTask(.waitForTask(task.number, limit: limit?.wireNanoseconds))
  }

  public func cancel(_ request: CancelRequest) throws -> [CancelOutcome] {
    try ask(.cancel(WireCancelRequest(request))) {
      if case .outcomes(let value) = $0 { value.map(\.model) } else { nil }
    }
  }

  public func interrupt(_ runner: String) throws -> InterruptOutcome {
    try ask(.interrupt(runner)) {
      if case .interrupt(let value) = $0 { value.model } else { nil }
    }
  }

  public func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    try ask(.close(runner, deadline: deadline?.wireNanoseconds)) {
      if case .report(let value) = $0 { value.model } else { nil }
    }
  }

  public func abandonWaits() {
    abandon()
  }

  private func askRunner(_ call: WireCall) throws -> RunnerSnapshot {
    try ask(call) { if case .runner(let value) = $0 { value.model } else { nil } }
  }

  private func askTask(_ call: WireCall) throws -> TaskSnapshot {
    try ask(call) { if case .task(let value) = $0 { value.model } else { nil } }
  }

  private func askJob(_ call: WireCall) throws -> JobSnapshot {
    try ask(call) { if case .job(let value) = $0 { value.model } else { nil } }
  }
}
