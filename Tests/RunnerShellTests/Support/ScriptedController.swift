import Glibc
import RunnerCore
import Synchronization
import Testing

/// A controller in memory that does what a scenario says, at once and in the calling thread.
///
/// Time does not pass in it: a wait that could only end later presses Ctrl-C first, if the script
/// has any left, and fails the test if nothing can end it.
final class ScriptedController: RunnerController {
  struct State {
    var runners: [RunnerSnapshot] = []
    var tasks: [TaskSnapshot] = []
    var ended: [TaskSnapshot] = []
    var total: Int?
    var consistency = SnapshotConsistency.exact
    var loops: [String: LoopSnapshot] = [:]
    var contexts: [ContextSnapshot.Owner: ContextSnapshot] = [:]
    var stacks: [TaskID: TaskStack] = [:]
    var jobs: [JobSnapshot] = []
    var outcomes: [TaskID: CancelOutcome.Result] = [:]
    var report = CloseReport(duration: .microseconds(1200), rounds: 1)
    var runs: [String: RunBehavior] = [:]
    /// What becomes of a cell, by its text without blanks around it.
    var cells: [String: CellBehavior] = [:]
    var variables: [ValueBinding] = []
    /// What can follow a text and the beginning of a word: `origin.|le`.
    var completions: [String: [SwiftCompletion]] = [:]
    /// What has been asked for of these.
    var completed: [String] = []
    /// What such an answer waits for.
    var beforeCompletions: @Sendable () -> Void = {}
    var evaluated: [CellRequest] = []
    var nextTask: UInt64 = 1
    var log: [String] = []
    var interrupts = 0
    var waitsAreAbandoned = false
    var isLost = false
    /// Whether nothing is answered, as by a process that was stopped.
    var isSilent = false
  }

  /// How a run goes.
  enum RunBehavior {
    /// It is over at once.
    case ends(JobSnapshot.State)
    /// It goes on until so many Ctrl-C, and then it is over like this.
    case needsInterrupts(Int, then: JobSnapshot.State)
    /// Nothing ends it.
    case blocks
  }

  /// How a cell goes.
  enum CellBehavior {
    /// It runs, declares names and ends like this.
    case runs([ValueBinding], JobSnapshot.State, warnings: [CellDiagnostic] = [])
    /// It goes on until Ctrl-C.
    case needsInterrupt
    /// Nothing ends it.
    case blocks
    /// It is being compiled until somebody gives up.
    case compiles
    case isRejected([CellDiagnostic])
  }

  let state: Mutex<State>
  /// Called when a run has been interrupted, before the caller hears of it.
  let whileInterrupting = Mutex<(@Sendable () -> Void)?>(nil)
  /// Called in a wait that would not end: the test's chance to press Ctrl-C or to send an event.
  let whileWaiting = Mutex<[@Sendable () -> Void]>([])

  init(_ state: State = State()) {
    self.state = Mutex(state)
  }

  var log: [String] { state.withLock(\.log) }

  // MARK: Looking

  func runners() throws -> [RunnerSnapshot] {
    try checkConnection()
    return state.withLock { state in
      state.runners.map { runner in
        var runner = runner
        runner.liveTasks = state.tasks.count { $0.runner == runner.name }
        return runner
      }
    }
  }

  func tasks(_ query: TaskQuery) throws -> TaskListing {
    try checkConnection()
    return state.withLock { listing($0.tasks, query, total: $0.total, $0.consistency) }
  }

  func history(_ query: TaskQuery) throws -> TaskListing {
    state.withLock { listing($0.ended, query, total: nil, .exact) }
  }

  func task(_ id: TaskID) throws -> TaskSnapshot {
    try state.withLock { state in
      guard let task = (state.tasks + state.ended).first(where: { $0.id == id }) else {
        throw RunnerError(.notFound, "No task has the number \(id).")
      }
      return task
    }
  }

  func stack(of task: TaskID) throws -> TaskStack {
    let snapshot = try self.task(task)
    return state.withLock { $0.stacks[task] } ?? TaskStack(task: snapshot, kind: .ended)
  }

  func loop(of runner: String) throws -> LoopSnapshot {
    try state.withLock {
      guard let loop = $0.loops[runner] else {
        throw RunnerError(.invalidState, "The runner '\(runner)' has no loop yet.")
      }
      return loop
    }
  }

  func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    state.withLock { $0.contexts[owner] ?? ContextSnapshot(owner: owner, entries: []) }
  }

  func jobs() throws -> [JobSnapshot] { state.withLock(\.jobs) }

  func completions(after text: String, prefix: String) throws -> [SwiftCompletion] {
    let question = "\(text)|\(prefix)"
    state.withLock { state in
      state.completed.append(question)
      return state.beforeCompletions
    }()
    return state.withLock { $0.completions[question] } ?? []
  }

  /// Waits until so many completions have been asked for.
  func waitForCompletions(_ count: Int) {
    while state.withLock(\.completed.count) < count { usleep(1000) }
  }

  private func listing(
    _ tasks: [TaskSnapshot], _ query: TaskQuery, total: Int?, _ consistency: SnapshotConsistency
  ) -> TaskListing {
    let matching = tasks.filter { task in
      (query.runner.map { $0 == task.runner } ?? true)
        && (query.states.map { $0.contains(task.state) } ?? true)
        && (query.namePattern.map { Self.matches(task.name, $0) } ?? true)
        && (query.includesToolTasks || task.role != .tool)
    }
    let isWhole = query.runner == nil && query.states == nil && query.namePattern == nil
    return TaskListing(
      tasks: Array(matching.prefix(query.limit ?? .max)),
      matching: isWhole ? total ?? matching.count : matching.count, total: total ?? tasks.count,
      consistency: consistency)
  }

  static func matches(_ name: String, _ pattern: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
    return name.hasPrefix(pattern[..<star]) && name.hasSuffix(pattern[star...].dropFirst())
  }

  // MARK: Acting

  func makeRunner(_ options: RunnerOptions) throws -> RunnerSnapshot {
    try checkConnection()
    return try state.withLock { state in
      guard !state.runners.contains(where: { $0.name == options.name }) else {
        throw RunnerError(.alreadyExists, "There is a runner '\(options.name)' already.")
      }
      let runner = RunnerSnapshot(name: options.name, phase: .created)
      state.runners.append(runner)
      if options.isDebugging || options.closeDeadline != nil { state.log.append("\(options)") }
      return runner
    }
  }

  func startRunner(_ name: String) throws -> RunnerSnapshot {
    try change(name) {
      $0.phase = .initialized
      $0.activity = .turning
      $0.isStarted = true
    }
  }

  func stopRunner(_ name: String) throws -> RunnerSnapshot {
    try change(name) {
      $0.activity = .idle
      $0.isStarted = false
    }
  }

  func run(_ expression: String, on runner: String) throws -> JobSnapshot {
    _ = try change(runner) { $0.phase = .initialized }
    return try state.withLock { state in
      let function = String(expression.prefix { $0 != "(" })
      guard let behavior = state.runs[expression] ?? state.runs[function] else {
        throw RunnerError(.notFound, "There is no coroutine '\(function)'. Type 'examples'.")
      }
      var job = JobSnapshot(
        id: JobID(state.jobs.count + 1), runner: runner, expression: expression,
        task: TaskID(state.nextTask), state: .running, elapsed: .seconds(1))
      state.nextTask += 1
      if case .ends(let ending) = behavior { job.state = ending }
      state.jobs.append(job)
      return job
    }
  }

  func spawn(_ expression: String, on runner: String, named name: String?) throws -> TaskSnapshot {
    _ = try change(runner) { $0.phase = .initialized }
    return state.withLock { state in
      let id = TaskID(state.nextTask)
      state.nextTask += 1
      let task = TaskSnapshot(
        id: id, name: name ?? "Task-\(id)", runner: runner, state: .suspended,
        operation: expression,
        wait: WaitSnapshot(
          subject: .timer(remaining: .milliseconds(310)), elapsed: .milliseconds(190),
          site: SourceSite(
            fileID: "RunnerExamples/Examples.swift", line: 41, function: "ticker(every:)")),
        age: .milliseconds(14_200), steps: 29)
      state.tasks.append(task)
      state.outcomes[id] = .cancelled(after: .microseconds(400))
      return task
    }
  }

  func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart {
    _ = try change(runner) { $0.phase = .initialized }
    let text = cell.source.split(whereSeparator: \.isNewline).joined(separator: "\n")
    let behavior = state.withLock { state in
      state.evaluated.append(cell)
      return state.cells[text]
    }
    var job = JobSnapshot(
      id: JobID(0), runner: runner, expression: text, task: nil, state: .running,
      elapsed: .milliseconds(3))
    var warnings: [CellDiagnostic] = []
    switch behavior {
    case nil: throw RunnerError(.unavailable, "No Swift compiler was found.")
    case .isRejected(let diagnostics)?: throw CellRejection(diagnostics: diagnostics)
    case .compiles?:
      try stir("the compiler")
      Issue.record("the compiler was not stopped")
    case .blocks?: break
    case .needsInterrupt?:
      let function = String(text.prefix { $0 != "(" })
      state.withLock {
        $0.runs[function] = .needsInterrupts(1, then: .interrupted(mainIsPending: false))
      }
    case .runs(let bindings, let ending, let told)?:
      (job.bindings, job.state, warnings) = (bindings, ending, told)
    }
    return state.withLock { state in
      job.id = JobID(state.jobs.count + 1)
      job.task = TaskID(state.nextTask)
      state.nextTask += 1
      state.jobs.append(job)
      return CellStart(
        number: job.id.number, job: job, declaredNames: job.bindings.map(\.name),
        compileTime: .milliseconds(110),
        warnings: warnings)
    }
  }

  func type(of expression: CellRequest) throws -> String {
    guard case .runs(_, .returned(let value?), _)? = state.withLock({ $0.cells[expression.source] })
    else {
      throw CellRejection(diagnostics: [
        CellDiagnostic(severity: .error, message: "cannot find '\(expression.source)' in scope")
      ])
    }
    return value.type
  }

  func variables(on runner: String) throws -> [ValueBinding] { state.withLock(\.variables) }

  func forgetCells() throws { state.withLock { $0.log.append("forgetCells") } }

  func wait(for job: JobID, limit: Duration?) throws -> JobSnapshot {
    while true {
      try checkConnection()
      let found = state.withLock { state in state.jobs.first { $0.id == job } }
      guard let found else { throw RunnerError(.notFound, "There is no job \(job).") }
      if found.state != .running || limit != nil { return found }
      try stir("job \(job)")
    }
  }

  func wait(for task: TaskID, limit: Duration?) throws -> TaskSnapshot {
    while true {
      let found = try self.task(task)
      if !found.state.isLive || limit != nil { return found }
      try stir("task \(task)")
    }
  }

  func cancel(_ request: CancelRequest) throws -> [CancelOutcome] {
    state.withLock { state in
      state.log.append("cancel \(request.tasks) message \(request.message ?? "none")")
      return request.tasks.compactMap { id in
        guard let task = (state.tasks + state.ended).first(where: { $0.id == id }) else {
          return nil
        }
        let result = state.outcomes[id] ?? .alreadyEnded
        if case .cancelled = result { state.tasks.removeAll { $0.id == id } }
        return CancelOutcome(result: result, task: task)
      }
    }
  }

  func interrupt(_ runner: String) throws -> InterruptOutcome {
    defer { whileInterrupting.withLock(\.self)?() }
    return state.withLock { state in
      state.log.append("interrupt \(runner)")
      state.interrupts += 1
      let running = state.jobs.indices.last {
        state.jobs[$0].state == .running && state.jobs[$0].runner == runner
      }
      guard let index = running, let task = state.jobs[index].task else { return .nothingRunning }
      let function = String(state.jobs[index].expression.prefix { $0 != "(" })
      if case .needsInterrupts(let count, let ending)? = state.runs[function],
        state.interrupts >= count
      {
        state.jobs[index].state = ending
      }
      return state.interrupts == 1 ? .cancelRequested(task) : .runAborted(task)
    }
  }

  func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    let pressed = whileWaiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    pressed?()
    var report = state.withLock(\.report)
    report.wasInterrupted = pressed != nil
    report.didClose = try runners().contains { $0.name == runner && $0.phase == .initialized }
    if report.didClose { _ = try change(runner) { $0.phase = .closed } }
    return report
  }

  func abandonWaits() {
    state.withLock {
      $0.log.append("abandonWaits")
      $0.waitsAreAbandoned = true
    }
  }

  // MARK: Helpers

  private func change(
    _ name: String, _ body: (inout RunnerSnapshot) -> Void
  ) throws -> RunnerSnapshot {
    try checkConnection()
    return try state.withLock { state in
      guard let index = state.runners.firstIndex(where: { $0.name == name }) else {
        throw RunnerError(.notFound, "There is no runner '\(name)'.")
      }
      guard state.runners[index].phase != .closed else {
        throw RunnerError(.closed, "The runner '\(name)' is closed.")
      }
      body(&state.runners[index])
      var runner = state.runners[index]
      runner.liveTasks = state.tasks.count { $0.runner == name }
      return runner
    }
  }

  private func checkConnection() throws {
    if state.withLock(\.isSilent) {
      throw RunnerError(.noAnswer, "The peer has not answered for 10.0 seconds.")
    }
    if state.withLock(\.isLost) {
      throw RunnerError(.connectionLost, "The connection to the worker is lost.")
    }
  }

  /// Lets something happen to a wait that would not end by itself.
  private func stir(_ what: String) throws {
    guard let next = whileWaiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
      Issue.record("nothing in the script ends the wait for \(what)")
      throw RunnerError(.abandoned, "The wait was given up.")
    }
    next()
    let isAbandoned = state.withLock { state in
      defer { state.waitsAreAbandoned = false }
      return state.waitsAreAbandoned
    }
    if isAbandoned { throw RunnerError(.abandoned, "The wait was given up.") }
  }
}
