package import RunnerCore

/// The document of `jobs --json`.
package struct JobsDocument: JSONDocument {
  package struct Entry: Encodable, Sendable {
    package var id: Int
    package var runner: String
    package var expression: String
    @Nullable package var task: UInt64?
    /// `running`, `returned`, `failed`, `cancelled` or `interrupted`.
    package var state: String
    @Nullable package var value: ValueRecord?
    @Nullable package var error: ErrorRecord?
    package var mainIsPending: Bool
    package var elapsed: Double
  }

  package let schema = "runner-repl/jobs/1"
  package var jobs: [Entry]

  package init(_ jobs: [JobSnapshot]) {
    self.jobs = jobs.map { job in
      var entry = Entry(
        id: job.id.number, runner: job.runner, expression: job.expression, task: job.task?.number,
        state: "running", value: nil, error: nil, mainIsPending: job.state == .running,
        elapsed: DurationStyle.seconds(of: job.elapsed))
      switch job.state {
      case .running: break
      case .returned(let value):
        entry.state = "returned"
        entry.value = value.map(ValueRecord.init)
      case .failed(let error):
        entry.state = "failed"
        entry.error = ErrorRecord(error)
      case .cancelled: entry.state = "cancelled"
      case .interrupted(let mainIsPending):
        entry.state = "interrupted"
        entry.mainIsPending = mainIsPending
      }
      return entry
    }
  }
}
