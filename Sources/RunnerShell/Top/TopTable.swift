private import RunnerCore

/// Draws the parts of `top`.
package enum TopTable {
  /// Returns the runners under a header: what each does, and how busy it was since the look before.
  package static func runners(
    _ picture: TopPicture, since earlier: TopPicture?, limit: Int, _ spec: RenderSpec
  ) -> [StyledLine] {
    let columns = [
      Table.Column("RUNNER"), Table.Column("PHASE", cutRank: 1),
      Table.Column("TASKS", isRightAligned: true),
      Table.Column("ENDED", isRightAligned: true, cutRank: 3),
      Table.Column("UNREAD", isRightAligned: true), Table.Column("BUSY", isRightAligned: true),
      Table.Column("ITER/S", isRightAligned: true),
    ]
    let rows = picture.runners.prefix(limit).map { runner -> [Table.Cell] in
      let rate = picture.rate(of: runner.name, since: earlier)
      return [
        Table.Cell(VisibleText.excerpt(runner.name, limit: 16, spec), style: .accent),
        Table.Cell(phase(of: runner)),
        Table.Cell("\(runner.liveTasks)"), Table.Cell("\(runner.endedTasks)"),
        Table.Cell("\(runner.unreadErrors)", style: runner.unreadErrors > 0 ? .bad : .plain),
        Table.Cell(rate.map { "\(DurationStyle.fixed($0.busyShare * 100, 1))%" } ?? "-"),
        Table.Cell(rate?.iterationsPerSecond.map { DurationStyle.fixed($0, 0) } ?? "-"),
      ]
    }
    let rest = picture.runners.count - rows.count
    let lines = Table(columns: columns, rows: rows).render(spec)
    return lines + (rest > 0 ? [StyledLine("and \(rest) more", .dim)] : [])
  }

  /// Says in one word or two where a runner stands: one with a loop is told by what it does.
  private static func phase(of runner: RunnerSnapshot) -> String {
    runner.phase == .initialized ? RunnerTable.activity(runner) : runner.phase.rawValue
  }

  /// Returns the tasks under a header.
  package static func tasks(
    _ picture: TopPicture, _ spec: RenderSpec
  ) -> [StyledLine] {
    // As many digits as the numbers have, so that the column keeps its width while one scrolls.
    let count = picture.runners.reduce(0) { $0 + $1.liveTasks + $1.endedTasks }
    return TaskTable.table(
      picture.listing.tasks, steps: picture.steps,
      showsRunners: picture.runners.count { $0.liveTasks > 0 } > 1, countsSteps: true,
      numberWidth: String(count).count, spec
    ).render(spec)
  }

  /// Returns a whole picture for a place where lines follow each other.
  package static func lines(
    _ picture: TopPicture, since earlier: TopPicture?, isFiltered: Bool, _ spec: RenderSpec
  ) -> [StyledLine] {
    let listing = picture.listing
    var lines = [StyledLine("top at \(picture.timeOfDay)", .bold)]
    lines += runners(picture, since: earlier, limit: picture.question.runnerLimit, spec)
    if !listing.tasks.isEmpty {
      lines += tasks(picture, spec)
    }
    lines += CountLine.render(
      shown: listing.tasks.count, matching: listing.matching, total: listing.total, noun: "task",
      isFiltered: isFiltered)
    if listing.consistency == .sampled { lines.append(TaskTable.sampledNote) }
    return lines
  }

  /// The page of `?`.
  package static let help = [
    ("up down, k j", "select a task"), ("PgUp PgDn", "move by a page"),
    ("Home End, g G", "go to the first or the last task"),
    ("Enter", "tells everything about the selected task"),
    ("/", "filters by name: fetch, or fetch-?*"),
    ("s S", "sorts by the next order, the one before"),
    ("r", "reverses the order"), ("Space", "holds the picture still, or lets it go on"),
    ("?", "shows this page"), ("q, Esc, Ctrl-C", "leaves"),
  ].map { key, meaning in
    let padding = String(repeating: " ", count: 16 - key.count)
    return StyledLine([StyledText("  " + key, .bold), StyledText(padding + meaning)])
  }
}
