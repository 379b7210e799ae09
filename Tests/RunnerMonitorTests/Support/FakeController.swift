import Foundation
import RunnerCore

/// A controller in memory: its answers are fixed, its waits end when a test says so.
final class FakeController: RunnerController, @unchecked Sendable {
  static let task = TaskSnapshot(
    id: TaskID(2), name: "metro", runner: "main", state: .suspended,
    wait: WaitSnapshot(subject: .timer(remaining: .milliseconds(310))))
  static let stack = TaskStack(
    task: task, kind: .suspended, frames: [StackFrame(function: "metro()", line: 12)])
  static let runner = RunnerSnapshot(name: "main", phase: .initialized, liveTasks: 1)
  static let loop = LoopSnapshot(runner: "main", phase: .waiting, ready: 3)
  static let context = ContextSnapshot(
    owner: .runner("main"),
    entries: [
      ContextSnapshot.Entry(name: "user", value: ValueSnapshot(type: "String", text: "ada"))
    ]
  )
  static let report = CloseReport(rounds: 2, refusedTasks: [task])

  private let condition = NSCondition()
  private var seen: [String] = []
  private var waiting = 0
  private var abandonments = 0
  private var endedJobs: Set<JobID> = []
  private var listing = TaskListing(tasks: [task], matching: 1, total: 4)

  // MARK: - What a test sees and does

  /// The calls that were made, each with its arguments.
  var calls: [String] { locked { seen } }

  /// Blocks until so many calls wait.
  func expectWaiting(_ count: Int) {
    locked { while waiting != count { condition.wait() } }
  }

  func end(_ job: JobID) {
    locked { _ = endedJobs.insert(job) }
  }

  func answerTasks(with listing: TaskListing) {
    locked { self.listing = listing }
  }

  private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return try body()
  }

  private func note(_ call: String) {
    locked { seen.append(call) }
  }

  private func job(_ id: JobID, _ state: JobSnapshot.State) -> JobSnapshot {
    JobSnapshot(
      id: id, runner: "main", expression: "sleep(3)", task: TaskID(2), state: state,
      elapsed: .seconds(3))
  }

  // MARK: - RunnerInspector

  func runners() throws -> [RunnerSnapshot] {
    note("runners")
    return [Self.runner]
  }

  func tasks(_ query: TaskQuery) throws -> TaskListing {
    note("tasks \(query.namePattern ?? "-")")
    return locked { listing }
  }

  func task(_ id: TaskID) throws -> TaskSnapshot {
    guard id == Self.task.id else { throw RunnerError(.notFound, "There is no task \(id).") }
    return Self.task
  }

  func stack(of task: TaskID) throws -> TaskStack {
    note("stack \(task)")
    return Self.stack
  }

  func history(_ query: TaskQuery) throws -> TaskListing {
    note("history \(query.order)")
    return TaskListing(tasks: [], matching: 0, total: 0, consistency: .sampled)
  }

  func loop(of runner: String) throws -> LoopSnapshot {
    note("loop \(runner)")
    return Self.loop
  }

  func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    note("context \(owner)")
    return Self.context
  }

  // MARK: - RunnerController

  func makeRunner(_ options: RunnerOptions) throws -> RunnerSnapshot {
    note("makeRunner \(options.name) \(options.usesVirtualTime)")
    return RunnerSnapshot(name: options.name, phase: .created)
  }

  func startRunner(_ name: String) throws -> RunnerSnapshot {
    note("startRunner \(name)")
    return Self.runner
  }

  func stopRunner(_ name: String) throws -> RunnerSnapshot {
    note("stopRunner \(name)")
    return Self.runner
  }

  func run(_ expression: String, on runner: String) throws -> JobSnapshot {
    note("run \(expression) \(runner)")
    return job(JobID(1), .running)
  }

  func spawn(_ expression: String, on runner: String, named name: String?) throws -> TaskSnapshot {
    note("spawn \(expression) \(runner) \(name ?? "-")")
    return Self.task
  }

  func jobs() throws -> [JobSnapshot] {
    note("jobs")
    return [job(JobID(1), .running)]
  }

  func wait(for job: JobID, limit: Duration?) throws -> JobSnapshot {
    note("wait job \(job) \(limit.map { "\($0)" } ?? "-")")
    return try locked {
      let abandonment = abandonments
      waiting += 1
      condition.broadcast()
      defer { waiting -= 1 }
      while !endedJobs.contains(job) {
        if abandonments != abandonment { throw RunnerError(.abandoned, "Given up.") }
        condition.wait()
      }
      return self.job(job, .returned(nil))
    }
  }

  func wait(for task: TaskID, limit: Duration?) throws -> TaskSnapshot {
    note("wait task \(task) \(limit.map { "\($0)" } ?? "-")")
    return Self.task
  }

  func cancel(_ request: CancelRequest) throws -> [CancelOutcome] {
    note("cancel \(request.tasks) \(request.limit)")
    return [CancelOutcome(result: .cancelled(after: .microseconds(400)), task: Self.task)]
  }

  func interrupt(_ runner: String) throws -> InterruptOutcome {
    note("interrupt \(runner)")
    return .runAborted(TaskID(2))
  }

  func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    note("close \(runner) \(deadline.map { "\($0)" } ?? "-")")
    return Self.report
  }

  func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart {
    note("evaluate \(cell.source) \(runner)")
    guard cell.source != "wrong" else {
      throw CellRejection(diagnostics: [CellDiagnostic(severity: .error, message: "it is wrong")])
    }
    return CellStart(number: 3, job: job(JobID(7), .running), declaredNames: ["n"])
  }

  func abandonWaits() {
    note("abandonWaits")
    locked { abandonments += 1 }
  }
}
