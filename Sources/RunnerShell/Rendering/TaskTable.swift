package import RunnerCore

/// Draws the listing of `ps`.
package enum TaskTable {
  /// Returns the table and the lines under it; `steps` tells what running tasks are executing.
  package static func render(
    _ listing: TaskListing, steps: [TaskID: LoopSnapshot.Step] = [:], isFiltered: Bool,
    _ spec: RenderSpec
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    if !listing.tasks.isEmpty { lines += table(listing.tasks, steps: steps, spec).render(spec) }
    lines += CountLine.render(
      shown: listing.tasks.count, matching: listing.matching, total: listing.total, noun: "task",
      isFiltered: isFiltered)
    if listing.consistency == .sampled { lines.append(sampledNote) }
    if !listing.omission.isEmpty {
      lines.append(StyledLine(VisibleText.line(listing.omission, spec), .dim))
    }
    return lines
  }

  /// Admits that a listing was taken while a loop did not come back.
  package static let sampledNote = StyledLine(
    "a step is running: taken beside it", .dim)

  /// Returns the tasks as a table; the runner is told where there is more than one.
  package static func table(
    _ tasks: [TaskSnapshot], steps: [TaskID: LoopSnapshot.Step], showsRunners: Bool? = nil,
    countsSteps: Bool = false, numberWidth: Int = 0, _ spec: RenderSpec
  ) -> Table {
    let showsRunners = showsRunners ?? (Set(tasks.map(\.runner)).count > 1)
    var columns: [Table.Column] = [
      Table.Column("ID", isRightAligned: true, minimumWidth: numberWidth),
      Table.Column("NAME", leastWidth: 10), Table.Column("STATE"),
    ]
    if showsRunners { columns.append(Table.Column("RUNNER", cutRank: 2)) }
    columns += [
      // As wide as "sleep, 10.31 s left": a running clock does not move the columns.
      Table.Column("WAITING FOR", minimumWidth: 19, cutRank: 1, leastWidth: 10),
      Table.Column("AGE", cutRank: 3), Table.Column("CANCELS", cutRank: 5),
      Table.Column("", cutRank: 4),
    ]
    if countsSteps {
      columns.insert(Table.Column("STEPS", isRightAligned: true, cutRank: 6), at: columns.count - 2)
    }
    let rows = tasks.map { task in
      var row: [Table.Cell] = [
        Table.Cell("\(task.id)"), Table.Cell(TaskName.short(task, spec), style: .bold),
        StateStyle.cell(task.state),
      ]
      if showsRunners { row.append(Table.Cell(VisibleText.excerpt(task.runner, limit: 20, spec))) }
      row += [
        Table.Cell(
          steps[task.id].map { running($0, spec) } ?? WaitRendering.text(task.wait, spec)),
        Table.Cell(DurationStyle.column(task.age)),
        Table.Cell("\(task.cancellationRequests)"),
        WaitRendering.place(steps[task.id]?.site ?? WaitRendering.site(of: task), spec),
      ]
      if countsSteps {
        row.insert(Table.Cell(task.role == .child ? "-" : "\(task.steps)"), at: row.count - 2)
      }
      return row
    }
    return Table(columns: columns, rows: rows)
  }

  private static func running(_ step: LoopSnapshot.Step, _ spec: RenderSpec) -> String {
    "running \(DurationStyle.sentence(step.elapsed, spec))"
      + (step.systemCall.map { ", in \(VisibleText.excerpt($0, spec))" } ?? "")
  }
}
