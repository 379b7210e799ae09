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

  /// Returns why another worker had to be started: where the loop was stuck.
  package static func stuck(
    _ step: LoopSnapshot.Step, _ job: JobSnapshot, _ spec: RenderSpec
  ) -> String {
    let place =
      step.site.map { " at \(VisibleText.line($0.fileName, spec)):\($0.line)" }
      ?? (step.systemCall.map { " in the system call \($0)" } ?? "")
    let other = step.task.flatMap { $0 == job.task ? nil : " in task \($0)" } ?? ""
    return
      "interrupted: \(VisibleText.line(job.runner, spec)) was stuck\(other)\(place), so its worker"
      + " was replaced"
  }

  /// Returns what keeps tasks from ever going on, and what to do about it.
  package static func standstill(
    _ event: SessionEvent, isForeground: Bool, isBatch: Bool, _ spec: RenderSpec
  ) -> String {
    switch event {
    case .jobEnded: ""
    case .deadlock(let tasks, let runner):
      "deadlock on \(VisibleText.excerpt(runner, spec)): \(CommandError.tasks(tasks.sorted())) "
        + "\(tasks.count == 1 ? "waits for itself" : "wait for each other"); "
        + (isForeground && !isBatch
          ? "Ctrl-C cancels the run" : "'tree' shows the cycle, 'cancel' breaks it")
    case .stalled(let tasks, let wait, let runner):
      "the run on \(VisibleText.excerpt(runner, spec)) cannot end: "
        + chain(tasks, wait, spec) + ", and nothing inside its loop can wake it"
        + (isBatch
          ? ""
          : isForeground
            ? "; Ctrl-C cancels the run"
            : "; 'cancel \(tasks.first?.description ?? "TASK")' ends it")
    }
  }

  /// Returns `task 1 waits for task 2, which waits for event 'go'`.
  private static func chain(
    _ tasks: [TaskID], _ wait: WaitSnapshot, _ spec: RenderSpec
  ) -> String {
    let thing = WaitRendering.thing(wait, spec)
    guard let first = tasks.first, let last = tasks.last, tasks.count > 1 else {
      return "task \(tasks.first?.description ?? "?") waits for \(thing)"
    }
    let between = tasks.dropFirst().dropLast()
    var text = "task \(first) waits for "
    for task in between.prefix(3) { text += "task \(task), which waits for " }
    if between.count > 3 { text += "\(CountLine.counted(between.count - 3, "task")) more up to " }
    return text + "task \(last), which waits for \(thing)"
  }

  package static func workerLost(
    _ description: String, runners: [String], running: Int? = nil, cells: Int = 0,
    _ spec: RenderSpec
  ) -> [StyledLine] {
    let names = runners.map { VisibleText.excerpt($0, spec) }.joined(separator: ", ")
    var lost = runners.isEmpty ? "nothing was lost" : "lost with all their tasks: \(names)"
    if let running { lost += ", and cell \(running), which ran" }
    var lines = [
      StyledLine(VisibleText.line(description, spec), .bad),
      StyledLine("\(lost); history and settings are kept"),
    ]
    if cells > 0 {
      lines.append(
        StyledLine(
          "\(CountLine.counted(cells, "cell")) went with it; ':replay' runs "
            + (cells == 1
              ? "it again, with all that it prints and writes"
              : "them again, with all that they print and write")))
    }
    return lines
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
