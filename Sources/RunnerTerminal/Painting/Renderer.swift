/// Paints frames over each other with as little as a terminal understands: CR, up, down, right, erase.
///
/// Only relative motion is used, so that scrolling never makes it wrong. Pure: frames in, bytes out.
struct Renderer: Sendable {
  private(set) var columns: Int
  private(set) var lines: Int
  /// What stands on the screen now, and where in it the cursor is.
  private var shown: [Row] = []
  private var cursor = ScreenPoint(row: 0, column: 0)
  /// The first row that is visible when the frame is higher than the screen.
  private var top = 0

  init(columns: Int = 80, lines: Int = 24) {
    self.columns = max(columns, 2)
    self.lines = max(lines, 1)
  }

  /// Returns the bytes that turn the shown frame into this one; none when nothing changed.
  mutating func draw(_ frame: Frame) -> [UInt8] {
    let layout = Layout(frame, columns: columns)
    let (rows, point) = frame.isFinal ? (layout.rows, layout.cursor) : visible(layout)
    if !frame.isFinal, rows == shown, point == cursor { return [] }
    let changed = changedRows(rows)
    var bytes = Array("\u{1B}[?25l\r\(move(cursor.row, to: changed.lowerBound))".utf8)
    // Never behind a full row: there the terminal would erase the row's last character.
    if shown.isEmpty { bytes += Self.erasure.utf8 }
    for index in changed {
      let row = rows[index]
      bytes += row.bytes
      if row.width < columns { bytes += "\u{1B}[K".utf8 }
      guard index < changed.upperBound else { break }
      // A full row wraps by itself: then the terminal knows the rows as one line, to copy and to reflow. It does so
      // when a character comes, so an empty row gets a blank.
      let wraps = joinsNext(row)
      bytes += (!wraps ? "\r\n" : rows[index + 1].width == 0 ? " \r" : "").utf8
    }
    var row = changed.upperBound
    if rows.count < shown.count {
      bytes += "\r\u{1B}[B\u{1B}[J".utf8
      row += 1
    }
    let right = point.column > 0 ? "\u{1B}[\(point.column)C" : ""
    bytes += "\(move(row, to: point.row))\r\(right)\u{1B}[?25h".utf8
    shown = rows
    cursor = point
    if frame.isFinal { top = 0 }
    return bytes
  }

  /// Returns the bytes that take the frame off the screen and leave the cursor where it began.
  mutating func erase() -> [UInt8] {
    defer { forget() }
    return shown.isEmpty ? [] : Array("\r\(up(cursor.row))\(Self.erasure)\u{1B}[K".utf8)
  }

  /// Returns the bytes that go to a new line below the frame, which stays.
  mutating func leave() -> [UInt8] {
    defer { forget() }
    let below = shown.count - 1 - cursor.row
    return Array("\(below > 0 ? "\u{1B}[\(below)B" : "")\r\n".utf8)
  }

  /// Takes the screen as empty from the cursor on, with a new size.
  mutating func start(columns: Int, lines: Int) {
    self = Renderer(columns: columns, lines: lines)
  }

  /// Takes the screen as empty from the cursor on.
  mutating func forget() {
    shown = []
    cursor = ScreenPoint(row: 0, column: 0)
    top = 0
  }

  /// Forgets what the rows look like but not where they are: the next frame is painted whole.
  mutating func invalidate() {
    shown = []
  }

  /// Takes a new size; the terminal has wrapped our rows anew, as all that reflow do.
  mutating func resize(columns newColumns: Int, lines newLines: Int) {
    if newColumns != columns, !shown.isEmpty {
      cursor = ScreenPoint(row: min(reflowedCursorRow(newColumns), newLines - 1), column: 0)
      shown = []
    }
    columns = max(newColumns, 2)
    lines = max(newLines, 1)
  }

  /// Erases from the start of the cursor's row to the end of the screen.
  ///
  /// Not from the first column: in the screen's first place tmux takes that for the wish for a fresh screen, and keeps
  /// a copy of all rows above it, which comes back when the window grows.
  private static let erasure = " \u{1B}[J\r"

  /// Whether the terminal has wrapped from a row into the next by itself.
  private func joinsNext(_ row: Row) -> Bool { row.isContinued && row.width == columns }

  /// Finds the row of the cursor after lines of joined rows were broken at another width.
  private func reflowedCursorRow(_ newColumns: Int) -> Int {
    var reflow = Reflow(columns: max(newColumns, 2))
    for row in shown[..<cursor.row] {
      reflow.add(row)
      if !joinsNext(row) { reflow.endLine() }
    }
    let row = shown[cursor.row]
    reflow.add(row, upTo: cursor.column)
    // Behind the last character of a full row terminals leave the cursor in that row, or put it into the next: what
    // stands above the prompt must not be taken for a row of it.
    let isAtEnd = cursor.column > 0 && cursor.column >= row.width && !joinsNext(row)
    return isAtEnd
      ? reflow.row : reflow.row(ofNext: row.wideColumns.contains(cursor.column) ? 2 : 1)
  }

  private mutating func visible(_ layout: Layout) -> ([Row], ScreenPoint) {
    let count = layout.rows.count
    guard count > lines else {
      top = 0
      return (layout.rows, layout.cursor)
    }
    var point = layout.cursor
    if point.row < top { top = point.row }
    if point.row >= top + lines { top = point.row - lines + 1 }
    top = min(top, count - lines)
    point.row -= top
    return (Array(layout.rows[top..<(top + lines)]), point)
  }

  /// The rows that have to be written; those before and after them stand on the screen already.
  ///
  /// A line of several rows is written from its first, so that the terminal goes on to know it as one line.
  private func changedRows(_ rows: [Row]) -> ClosedRange<Int> {
    let last = rows.count - 1
    var first = zip(rows, shown).prefix { $0 == $1 }.count
    first = max(0, min(first, last, shown.count - 1))
    while first > 0, rows[first - 1].isContinued { first -= 1 }
    guard rows.count == shown.count else { return first...last }
    var end = last - zip(rows.reversed(), shown.reversed()).prefix { $0 == $1 }.count
    end = max(first, end)
    while end < last, rows[end].isContinued { end += 1 }
    return first...end
  }

  private func move(_ row: Int, to other: Int) -> String {
    row > other ? up(row - other) : row < other ? "\u{1B}[\(other - row)B" : ""
  }

  private func up(_ rows: Int) -> String {
    rows > 0 ? "\u{1B}[\(rows)A" : ""
  }
}
