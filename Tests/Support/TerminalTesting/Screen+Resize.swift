extension Screen {
  /// Takes a new size; lines that had wrapped by themselves are wrapped anew, as current terminals do.
  ///
  /// The alternate screen is cut or filled up; the main one behind it is treated as ever.
  public mutating func resize(columns newColumns: Int, rows newRows: Int) {
    guard let old = main else { return resizeMain(columns: newColumns, rows: newRows) }
    var behind = self
    (behind.grid, behind.row, behind.column, behind.main) = (old.grid, old.row, old.column, nil)
    behind.resizeMain(columns: newColumns, rows: newRows)
    main = MainScreen(grid: behind.grid, row: behind.row, column: behind.column)
    scrollback = behind.scrollback
    grid = (0..<newRows).map { index in
      var line = Line(columns: newColumns)
      guard index < grid.count else { return line }
      for column in 0..<min(columns, newColumns) { line.cells[column] = grid[index].cells[column] }
      return line
    }
    (columns, rows) = (newColumns, newRows)
    row = min(row, rows - 1)
    column = min(column, columns - 1)
    isWrapPending = false
  }

  private mutating func resizeMain(columns newColumns: Int, rows newRows: Int) {
    if newColumns != columns { reflow(newColumns, newRows) }
    while grid.count > newRows {
      if row < grid.count - 1 {
        grid.removeLast()
      } else {
        scrollback.append(grid.removeFirst().text)
        row -= 1
      }
    }
    while grid.count < newRows { grid.append(Line(columns: newColumns)) }
    columns = newColumns
    rows = newRows
    row = min(row, rows - 1)
    column = min(column, columns - 1)
    isWrapPending = false
  }

  private mutating func reflow(_ newColumns: Int, _ newRows: Int) {
    let place = column + (isWrapPending ? 1 : 0)
    var reflowed: [Line] = []
    var newRow = 0
    var newColumn = 0
    var cells: [Cell] = []
    var cursor: Int?
    for (index, line) in grid.enumerated() {
      if index == row { cursor = cells.count + place }
      cells += line.cells
      // A wide character that found no room has left a gap, which is no text.
      if line.isWrapped, index + 1 < grid.count, line.cells.last == Cell(),
        grid[index + 1].cells[0].isWide
      {
        cells.removeLast()
      }
      if line.isWrapped, index + 1 < grid.count { continue }
      while cells.last == Cell(), cells.count > (cursor ?? 0) { cells.removeLast() }
      let (lines, place) = Self.wrap(cells, newColumns, cursor: cursor)
      if let place { (newRow, newColumn) = (reflowed.count + place.row, place.column) }
      reflowed += lines
      while cursor != nil, reflowed.count <= newRow { reflowed.append(Line(columns: newColumns)) }
      cells = []
      cursor = nil
    }
    while reflowed.count > newRow + 1, reflowed.last?.text.isEmpty == true { reflowed.removeLast() }
    while reflowed.count > newRows {
      scrollback.append(reflowed.removeFirst().text)
      newRow -= 1
    }
    grid = reflowed
    row = max(0, newRow)
    column = newColumn
  }

  /// Wraps cells into lines, and finds where the cell is before which the cursor stands.
  private static func wrap(
    _ cells: [Cell], _ columns: Int, cursor: Int?
  ) -> (lines: [Line], place: (row: Int, column: Int)?) {
    var lines = [Line(columns: columns)]
    var place: (row: Int, column: Int)?
    var column = 0
    for (index, cell) in cells.enumerated() where !cell.text.isEmpty {
      let width = cell.isWide ? 2 : 1
      if column + width > columns {
        lines[lines.count - 1].isWrapped = true
        lines.append(Line(columns: columns))
        column = 0
      }
      if let cursor, index <= cursor, cursor < index + width {
        place = (lines.count - 1, column + cursor - index)
      }
      lines[lines.count - 1].cells[column] = cell
      if cell.isWide {
        lines[lines.count - 1].cells[column + 1] = Cell(text: "", style: cell.style)
      }
      column += width
    }
    if let cursor, cursor >= cells.count {
      let end = column + cursor - cells.count
      // As in tmux, a cursor behind the last character of a full row stays in that row.
      let isBehindFullRow = cursor == cells.count && end == columns
      place =
        isBehindFullRow
        ? (lines.count - 1, columns - 1) : (lines.count - 1 + end / columns, end % columns)
    }
    return (lines, place)
  }
}
