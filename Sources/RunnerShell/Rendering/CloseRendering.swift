package import RunnerCore

/// Writes what `close` did.
package enum CloseRendering {
  /// Returns the report: one line, and one for each task that refused to end.
  package static func report(
    _ report: CloseReport, of runner: RunnerSnapshot, _ spec: RenderSpec
  ) -> [StyledLine] {
    let name = VisibleText.line(runner.name, spec)
    guard report.didClose else {
      let reason = runner.phase == .created ? "it has no loop yet" : "it is closed already"
      return ["\(name): nothing to close, \(reason)"]
    }
    return [StyledLine("\(name): \(summary([report], spec))")]
      + details(of: report, spec)
  }

  /// Returns the one line of a session that ends, and one for each task that refused to.
  ///
  /// Runs of the background that had to end for it are counted by themselves: they are no tasks that were left.
  package static func leaving(
    _ reports: [(name: String, report: CloseReport)], interruptedRuns: Int = 0, _ spec: RenderSpec
  ) -> [StyledLine] {
    let closed = reports.filter(\.report.didClose)
    guard !closed.isEmpty else { return ["nothing to close"] }
    let names = closed.map { VisibleText.excerpt($0.name, spec) }.joined(separator: ", ")
    let summary = summary(closed.map(\.report), interruptedRuns: interruptedRuns, spec)
    return [StyledLine("\(names): \(summary)")]
      + closed.flatMap { details(of: $0.report, spec) }
  }

  private static func details(of report: CloseReport, _ spec: RenderSpec) -> [StyledLine] {
    report.refusedTasks.map { refusal($0, spec) }
      + report.unfinishedJobs.map { unfinished($0, spec) }
  }

  private static func summary(
    _ reports: [CloseReport], interruptedRuns: Int = 0, _ spec: RenderSpec
  ) -> String {
    let counts = [
      (reports.map(\.cancelledTasks).reduce(0, +), "cancelled"),
      (reports.map(\.finishedTasks).reduce(0, +), "finished"),
      (reports.map(\.failedTasks).reduce(0, +), "failed"),
    ]
    let refused = reports.map(\.refusedTasks.count).reduce(0, +)
    let left = counts.map(\.0).reduce(0, +) + refused
    let details = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var parts = [
      "closed in \(DurationStyle.sentence(reports.map(\.duration).reduce(.zero, +), spec))"
    ]
    if interruptedRuns > 0 {
      parts.append("\(CountLine.counted(interruptedRuns, "run")) interrupted")
    }
    parts += [
      "\(CountLine.counted(left, "task")) left" + (details.isEmpty ? "" : ": \(details)"),
      refused == 0 ? "nothing refused" : "\(refused) refused",
    ]
    let generators = reports.map(\.closedGenerators).reduce(0, +)
    if generators > 0 { parts.append("\(CountLine.counted(generators, "generator")) closed") }
    let jobs = reports.map(\.unfinishedJobs.count).reduce(0, +)
    if jobs > 0 { parts.append(jobs == 1 ? "1 job goes on" : "\(jobs) jobs go on") }
    if reports.contains(where: \.wasInterrupted) {
      parts.append("interrupted, the rest was skipped")
    }
    return parts.joined(separator: " \(spec.glyphs.dot) ")
  }

  private static func unfinished(_ job: ThreadJobSnapshot, _ spec: RenderSpec) -> StyledLine {
    let place = job.site.map { ", handed over in \(VisibleText.line($0.description, spec))" } ?? ""
    guard let thread = job.thread, let elapsed = job.elapsed else {
      return StyledLine("a job that no thread has begun is left" + place, .warning)
    }
    return StyledLine(
      "thread \(VisibleText.excerpt(thread, limit: 20, spec)) goes on with a job after "
        + DurationStyle.sentence(elapsed, spec) + place, .warning)
  }

  private static func refusal(_ task: TaskSnapshot, _ spec: RenderSpec) -> StyledLine {
    StyledLine(
      "\(TaskName.full(task, spec)) refused to end, \(CancelRendering.whereabouts(task, spec))",
      .warning)
  }
}
