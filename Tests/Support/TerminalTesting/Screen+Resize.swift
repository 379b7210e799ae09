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
      if line.isWrapped, index + 1 < grid.count { continue }
      while cells.last == Cell(), cells.count > (cursor ?? 0) { cells.removeLast() }
      if let cursor {
        newRow = reflowed.count + cursor / newColumns
        newColumn = cursor % newColumns
      }
      reflowed += Self.wrap(cells, newColumns)
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

  private static func wrap(_ cells: [Cell], _ columns: Int) -> [Line] {
    var lines = [Line(columns: columns)]
    var column = 0
    for cell in cells where !cell.text.isEmpty {
      let width = cell.isWide ? 2 : 1
      if column + width > columns {
        lines[lines.count - 1].isWrapped = true
        lines.append(Line(columns: columns))
        column = 0
      }
      lines[lines.count - 1].cells[column] = cell
      if cell.isWide {
        lines[lines.count - 1].cells[column + 1] = Cell(text: "", style: cell.style)
      }
      column += width
    }
    return lines
  }
}
