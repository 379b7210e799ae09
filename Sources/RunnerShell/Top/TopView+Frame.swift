private import RunnerCore

extension TopView {
  package func frame() -> ScreenFrame {
    var frame = ScreenFrame(rows: [ScreenRow(title)])
    switch page {
    case .table, .filter: frame.rows += runnerRows + tableRows
    case .detail, .help: frame.rows += scrolling.visible(pageLines).map { ScreenRow($0) }
    }
    // The bottom line stands at the bottom, however little is above it.
    let blank = ScreenRow("")
    let above = max(0, size.rows - 1)
    frame.rows =
      frame.rows.prefix(above) + Array(repeating: blank, count: max(0, above - frame.rows.count))
    frame.rows.append(ScreenRow(bottom))
    if page == .filter {
      let column = min(1 + DisplayWidth.of(shownFilter), size.usableColumns - 1)
      frame.cursor = ScreenPlace(row: frame.rows.count - 1, column: column)
    }
    return frame
  }

  /// The spec of lines that fill the screen; a gutter is for the mark of the selection.
  private var drawing: RenderSpec {
    var drawing = spec
    drawing.width = size.usableColumns - 1
    return drawing
  }

  // MARK: Lines

  private var title: StyledLine {
    let dot = " \(spec.glyphs.dot) "
    var runs = [StyledText("top", .bold)]
    guard let picture else { return StyledLine(runs + [StyledText(dot + "looking", .dim)]) }
    if isPaused { runs += [StyledText(dot), StyledText("paused", .warning)] }
    let tasks = CountLine.counted(picture.listing.total, "task")
    var parts = [picture.timeOfDay, tasks, "every \(DurationStyle.sentence(interval, spec))"]
    if picture.listing.consistency == .sampled { parts.append("a step is running") }
    runs.append(StyledText(parts.map { dot + $0 }.joined()))
    return StyledLine(runs)
  }

  private var runnerRows: [ScreenRow] {
    guard let picture else { return [] }
    let lines = TopTable.runners(picture, since: earlier, limit: runnerLimit, drawing)
    return lines.map { ScreenRow(StyledLine([StyledText(" ")] + $0.runs)) }
  }

  private var tableRows: [ScreenRow] {
    guard let picture else { return [] }
    guard matching > 0 else {
      let what = filter.isEmpty ? "no tasks" : "no task has such a name"
      return [ScreenRow(""), ScreenRow(StyledLine(" " + what, .dim))]
    }
    // Drawn with those around it, so that columns keep their places while one scrolls.
    let lines = TopTable.tasks(picture, drawing)
    let first = top - picture.listing.offset
    let marked = selected?.id
    var rows = lines.first.map { [ScreenRow(StyledLine([StyledText(" ")] + $0.runs))] } ?? []
    for index in first..<first + tableHeight where picture.listing.tasks.indices.contains(index) {
      let isSelected = picture.listing.tasks[index].id == marked
      let gutter = StyledText(isSelected ? ">" : " ")
      rows.append(
        ScreenRow(StyledLine([gutter] + lines[index + 1].runs), isSelected: isSelected))
    }
    return rows
  }

  private var shownFilter: String { VisibleText.line(filter, spec) }

  private var bottom: StyledLine {
    switch page {
    case .filter:
      return StyledLine([StyledText("/" + shownFilter), StyledText("")])
    case .help, .detail:
      let position = scrolling.position.map { $0 + ", " } ?? ""
      let back = page == .help ? "any key goes back" : "Esc goes back, q leaves"
      return StyledLine(position + back, .dim)
    case .table:
      let dot = " \(spec.glyphs.dot) "
      let last = min(matching, top + tableHeight)
      let total = picture?.listing.total ?? 0
      var parts = [matching > 0 ? "\(top + 1)-\(last) of \(matching)" : "0 of \(total)"]
      parts.append("sort \(order.rawValue)\(isReversed ? ", reversed" : "")")
      if !filter.isEmpty { parts.append("filter \(VisibleText.excerpt(filter, limit: 20, spec))") }
      parts.append("? help")
      parts.append("q leaves")
      return StyledLine(parts.joined(separator: dot), .dim)
    }
  }

  // MARK: Pages of text

  /// The lines of the page that is shown instead of the table.
  var pageLines: [StyledLine] {
    switch page {
    case .table, .filter: return []
    case .help: return TopTable.help
    case .detail(let id):
      guard picture?.question.detail == id else { return [StyledLine("looking", .dim)] }
      guard let detail = picture?.detail else {
        return [StyledLine("task \(id) has ended, and is not remembered any more", .dim)]
      }
      return TaskDetail.render(detail.task, detail.children, spec)
        .flatMap { LineWrapping.wrap($0, columns: size.usableColumns) }
    }
  }
}
