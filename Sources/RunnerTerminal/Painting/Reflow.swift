/// Finds where rows are after a terminal has wrapped them anew at another width.
struct Reflow: Sendable {
  let columns: Int
  /// The row in which the last character stands, from 0.
  private(set) var row = 0
  /// The column behind that character.
  private var column = 0

  init(columns: Int) {
    self.columns = columns
  }

  /// Adds a row, or what of it stands before a column.
  mutating func add(_ row: Row, upTo end: Int? = nil) {
    let end = end ?? row.width
    var start = 0
    for wide in row.wideColumns where wide < end {
      addNarrow(wide - start)
      self.row = self.row(ofNext: 2)
      column = (column + 2 > columns ? 0 : column) + 2
      start = wide + 2
    }
    addNarrow(end - start)
  }

  /// Goes to the start of a line that no wrap has made.
  mutating func endLine() {
    row += 1
    column = 0
  }

  /// The row in which a character goes that takes so many columns.
  func row(ofNext width: Int) -> Int {
    column + width > columns ? row + 1 : row
  }

  private mutating func addNarrow(_ count: Int) {
    guard count > 0 else { return }
    let last = column + count - 1
    row += last / columns
    column = last % columns + 1
  }
}
