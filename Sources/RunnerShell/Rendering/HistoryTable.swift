package import RunnerCore

/// Draws the listing of `history`.
package enum HistoryTable {
  package static func render(
    _ listing: TaskListing, isFiltered: Bool, _ spec: RenderSpec
  ) -> [StyledLine] {
    let tasks = listing.tasks
    let showsRunners = Set(tasks.map(\.runner)).count > 1
    var columns = [
      Table.Column("ID", isRightAligned: true), Table.Column("NAME", leastWidth: 10),
      Table.Column("STATE"),
    ]
    if showsRunners { columns.append(Table.Column("RUNNER", cutRank: 2)) }
    columns += [
      Table.Column("LIVED", cutRank: 3), Table.Column("STEPS", isRightAligned: true, cutRank: 5),
      Table.Column("ENDED", cutRank: 4),
      Table.Column("OUTCOME", cutRank: 1, textWidth: 24, leastWidth: 10),
    ]
    let rows = tasks.map { task -> [Table.Cell] in
      var row = [
        Table.Cell("\(task.id)"), Table.Cell(TaskName.short(task, spec), style: .bold),
        StateStyle.cell(task.state),
      ]
      if showsRunners { row.append(Table.Cell(VisibleText.excerpt(task.runner, limit: 20, spec))) }
      row += [
        Table.Cell(DurationStyle.column(task.age)), Table.Cell("\(task.steps)"),
        Table.Cell(task.ending.map { "\(DurationStyle.column($0.elapsed)) ago" } ?? ""),
        Table.Cell(outcome(task, spec)),
      ]
      return row
    }
    let lines = rows.isEmpty ? [] : Table(columns: columns, rows: rows).render(spec)
    return lines + countLine(listing, isFiltered: isFiltered)
  }

  /// Returns how many of how many are shown, and says what is not remembered.
  private static func countLine(_ listing: TaskListing, isFiltered: Bool) -> [StyledLine] {
    let shown = listing.tasks.count
    guard let remembered = listing.remembered, remembered < listing.total else {
      return CountLine.render(
        shown: shown, matching: listing.matching, total: listing.total, noun: "ended task",
        isFiltered: isFiltered)
    }
    var parts: [String] = []
    if shown < listing.matching { parts.append("\(CountLine.grouped(shown)) shown of") }
    if isFiltered { parts.append("\(CountLine.grouped(listing.matching)) that match of") }
    parts.append("\(CountLine.grouped(remembered)) remembered of")
    parts.append("\(CountLine.grouped(listing.total)) ended")
    let rest = shown < listing.matching ? "; --limit 0 shows all" : ""
    return [StyledLine(parts.joined(separator: " ") + rest, .dim)]
  }

  /// Returns the outcome, and says of an error whether anyone has read it.
  private static func outcome(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    guard let ending = task.ending else { return "" }
    let text = VisibleText.excerpt(
      EndingRendering.text(ending, by: task.cancellations.last, spec), limit: 100, spec)
    if case .failed = ending.outcome, !ending.wasRead { return text + " (unread)" }
    return text
  }
}
