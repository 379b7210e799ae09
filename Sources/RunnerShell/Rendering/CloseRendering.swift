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
      + report.refusedTasks.map { refusal($0, spec) }
  }

  /// Returns the one line of a session that ends, and one for each task that refused to.
  package static func leaving(
    _ reports: [(name: String, report: CloseReport)], _ spec: RenderSpec
  ) -> [StyledLine] {
    let closed = reports.filter(\.report.didClose)
    guard !closed.isEmpty else { return ["nothing to close"] }
    let names = closed.map { VisibleText.excerpt($0.name, spec) }.joined(separator: ", ")
    return [StyledLine("\(names): \(summary(closed.map(\.report), spec))")]
      + closed.flatMap(\.report.refusedTasks).map { refusal($0, spec) }
  }

  private static func summary(_ reports: [CloseReport], _ spec: RenderSpec) -> String {
    let counts = [
      (reports.map(\.cancelledTasks).reduce(0, +), "cancelled"),
      (reports.map(\.finishedTasks).reduce(0, +), "finished"),
      (reports.map(\.failedTasks).reduce(0, +), "failed"),
    ]
    let refused = reports.map(\.refusedTasks.count).reduce(0, +)
    let left = counts.map(\.0).reduce(0, +) + refused
    let details = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var parts = [
      "closed in \(DurationStyle.sentence(reports.map(\.duration).reduce(.zero, +), spec))",
      "\(CountLine.counted(left, "task")) left" + (details.isEmpty ? "" : ": \(details)"),
      refused == 0 ? "nothing refused" : "\(refused) refused",
    ]
    if reports.contains(where: \.wasInterrupted) {
      parts.append("interrupted, the rest was skipped")
    }
    return parts.joined(separator: " \(spec.glyphs.dot) ")
  }

  private static func refusal(_ task: TaskSnapshot, _ spec: RenderSpec) -> StyledLine {
    StyledLine(
      "\(TaskName.full(task, spec)) refused to end, \(CancelRendering.whereabouts(task, spec))",
      .warning)
  }
}
