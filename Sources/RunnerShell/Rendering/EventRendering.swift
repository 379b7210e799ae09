package import RunnerCore

/// Writes what happens to jobs and workers.
package enum EventRendering {
  package static func jobBegan(_ job: JobSnapshot, _ spec: RenderSpec) -> StyledLine {
    "\(label(job, spec)) runs in the background on \(VisibleText.line(job.runner, spec))"
  }

  package static func jobEnded(_ job: JobSnapshot, _ spec: RenderSpec) -> StyledLine {
    "\(label(job, spec)) ended: \(state(job, spec))"
  }

  package static func jobLeft(_ job: JobSnapshot, _ spec: RenderSpec) -> StyledLine {
    "\(label(job, spec)) goes on in the background"
  }

  package static func jobBlocked(_ job: JobSnapshot, _ spec: RenderSpec) -> StyledLine {
    StyledLine(
      "interrupted: the loop of \(VisibleText.line(job.runner, spec)) is blocked in synchronous "
        + "code; \(label(job, spec)) goes on in the background", .warning)
  }

  package static func deadlock(_ tasks: [TaskID], runner: String) -> String {
    "deadlock on \(VisibleText.excerpt(runner)): \(CommandError.tasks(tasks.sorted())) "
      + "\(tasks.count == 1 ? "waits, nothing can wake it" : "wait for each other"); "
      + "'tree' shows the cycle, 'cancel' breaks it"
  }

  package static func workerLost(
    _ description: String, runners: [String], _ spec: RenderSpec
  ) -> [StyledLine] {
    let names = runners.map { VisibleText.excerpt($0, spec) }.joined(separator: ", ")
    let lost = runners.isEmpty ? "nothing was lost" : "lost with all their tasks: \(names)"
    return [
      StyledLine(VisibleText.line(description, spec), .bad),
      StyledLine("\(lost); history and settings are kept"),
    ]
  }

  /// Returns how a job stands, in the words of `jobs`.
  package static func state(_ job: JobSnapshot, _ spec: RenderSpec) -> String {
    switch job.state {
    case .running: "running"
    case .returned(nil): "returned"
    case .returned(let value?): ValueRendering.line(value, spec)
    case .failed(let error): VisibleText.line(ValueRendering.error(error), spec)
    case .cancelled: "cancelled"
    case .interrupted(mainIsPending: false): "interrupted"
    case .interrupted(mainIsPending: true): "interrupted, its task is still pending"
    }
  }

  private static func label(_ job: JobSnapshot, _ spec: RenderSpec) -> String {
    "[\(job.id)] \(VisibleText.excerpt(job.expression, spec))"
  }
}
