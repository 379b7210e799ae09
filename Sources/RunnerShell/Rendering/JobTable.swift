package import RunnerCore

/// Draws the listing of `jobs`.
package enum JobTable {
  package static func render(_ jobs: [JobSnapshot], total: Int, _ spec: RenderSpec) -> [StyledLine]
  {
    let columns = [
      Table.Column("JOB", isRightAligned: true), Table.Column("RUNNER", cutRank: 2),
      Table.Column("TASK", isRightAligned: true, cutRank: 3), Table.Column("TIME", cutRank: 4),
      Table.Column("RUNS", textWidth: 24, leastWidth: 10),
      Table.Column("STATE", textWidth: 24, leastWidth: 9),
    ]
    let rows = jobs.map { job -> [Table.Cell] in
      [
        Table.Cell("\(job.id)"), Table.Cell(VisibleText.excerpt(job.runner, limit: 20, spec)),
        Table.Cell(job.task.map(\.description) ?? ""),
        Table.Cell(DurationStyle.column(job.elapsed)),
        Table.Cell(VisibleText.excerpt(job.expression, limit: 40, spec), style: .bold),
        Table.Cell(
          VisibleText.excerpt(EventRendering.state(job, spec), spec),
          style: job.state == .running ? .good : .plain),
      ]
    }
    let count = CountLine.render(
      shown: jobs.count, matching: total, total: total, noun: "job", isFiltered: false)
    return (rows.isEmpty ? [] : Table(columns: columns, rows: rows).render(spec)) + count
  }
}
