package import RunnerCore

/// Draws the listing of `runners`.
package enum RunnerTable {
  package static func render(
    _ runners: [RunnerSnapshot], current: String, _ spec: RenderSpec
  ) -> [StyledLine] {
    let columns = [
      Table.Column("NAME", leastWidth: 10), Table.Column("PHASE"),
      Table.Column("ACTIVITY", cutRank: 1),
      Table.Column("TASKS", isRightAligned: true),
      Table.Column("ENDED", isRightAligned: true, cutRank: 3),
      Table.Column("UNREAD ERRORS", isRightAligned: true, cutRank: 2), Table.Column("", cutRank: 4),
    ]
    let rows = runners.map { runner -> [Table.Cell] in
      [
        Table.Cell(VisibleText.excerpt(runner.name, limit: 40, spec), style: .bold),
        Table.Cell(runner.phase.rawValue), Table.Cell(activity(runner)),
        Table.Cell("\(runner.liveTasks)"), Table.Cell("\(runner.endedTasks)"),
        Table.Cell("\(runner.unreadErrors)", style: runner.unreadErrors > 0 ? .bad : .plain),
        Table.Cell(runner.name == current ? "in use" : "", style: .dim),
      ]
    }
    let count = CountLine.render(
      shown: runners.count, matching: runners.count, total: runners.count, noun: "runner",
      isFiltered: false)
    return (rows.isEmpty ? [] : Table(columns: columns, rows: rows).render(spec)) + count
  }

  /// Says what a runner's thread is doing.
  package static func activity(_ runner: RunnerSnapshot) -> String {
    switch (runner.activity, runner.mainTask) {
    case (.running, let task?): "running task \(task)"
    case (.turning, _): "loop running"
    case (let activity, _): activity.rawValue
    }
  }
}
