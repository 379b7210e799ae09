/// What a view wants to be seen on the whole screen.
package struct ScreenFrame: Hashable, Sendable {
  /// The rows from the top; missing ones are empty.
  package var rows: [ScreenRow]
  /// Where text is being edited; `nil` hides the cursor.
  package var cursor: ScreenPlace?

  package init(rows: [ScreenRow] = [], cursor: ScreenPlace? = nil) {
    self.rows = rows
    self.cursor = cursor
  }
}

/// One row of a frame; what does not fit is cut.
package struct ScreenRow: Hashable, Sendable {
  package var line: StyledLine
  /// Whether it is drawn as the chosen one, over the whole width.
  package var isSelected: Bool

  package init(_ line: StyledLine, isSelected: Bool = false) {
    self.line = line
    self.isSelected = isSelected
  }
}

/// A place on the screen, from 0.
package struct ScreenPlace: Hashable, Sendable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// The size of a screen.
package struct ScreenSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The columns that a view draws in: writing in the last one would make some terminals wrap.
  package var usableColumns: Int { max(1, columns - 1) }
}
