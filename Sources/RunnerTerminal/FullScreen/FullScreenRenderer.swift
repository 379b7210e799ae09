internal import RunnerShell

/// Paints frames on the whole screen: frames in, bytes out.
///
/// Only rows that changed are written, each to its own place, and never into the last column: nothing
/// scrolls, nothing wraps, and a slow line carries little.
struct FullScreenRenderer: Sendable {
  private(set) var columns: Int
  private(set) var lines: Int
  var palette: Palette
  /// What stands on the screen; nil when nobody knows.
  private var shown: [Row]?
  private var cursor: ScreenPlace?

  init(columns: Int = 80, lines: Int = 24, palette: Palette = Palette(usesStyles: true)) {
    self.columns = max(columns, 2)
    self.lines = max(lines, 1)
    self.palette = palette
  }

  /// Returns the bytes that take the screen, which is then painted whole.
  mutating func enter(columns: Int, lines: Int, palette: Palette) -> [UInt8] {
    self = FullScreenRenderer(columns: columns, lines: lines, palette: palette)
    return Array("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?2004h".utf8)
  }

  /// Returns the bytes that give the screen back.
  ///
  /// A terminal without an alternate screen is left at its bottom line.
  mutating func leave() -> [UInt8] {
    shown = nil
    cursor = nil
    return Array("\u{1B}[0m\u{1B}[\(lines);1H\r\n\u{1B}[?2004l\u{1B}[?25h\u{1B}[?1049l".utf8)
  }

  /// Takes a new size; the screen is painted whole.
  mutating func resize(columns: Int, lines: Int) {
    self = FullScreenRenderer(columns: columns, lines: lines, palette: palette)
  }

  /// Forgets what is on the screen: the next frame is painted whole.
  mutating func invalidate() {
    shown = nil
    cursor = nil
  }

  /// Returns the bytes that turn the shown frame into this one; none when nothing changed.
  mutating func draw(_ frame: ScreenFrame) -> [UInt8] {
    let rows = (0..<lines).map { index in
      index < frame.rows.count ? row(frame.rows[index]) : Row()
    }
    var bytes: [UInt8] = []
    if let shown {
      for (index, row) in rows.enumerated() where row != shown[index] {
        bytes += place(index, 0) + row.bytes
        if row.width < shown[index].width { bytes += "\u{1B}[K".utf8 }
      }
    } else {
      bytes += "\u{1B}[0m\u{1B}[H\u{1B}[2J".utf8
      for (index, row) in rows.enumerated() where row.width > 0 {
        bytes += place(index, 0) + row.bytes
      }
    }
    // While rows are written the cursor would be seen running about.
    if !bytes.isEmpty, cursor != nil { bytes = Array("\u{1B}[?25l".utf8) + bytes }
    if let new = frame.cursor, new != cursor || !bytes.isEmpty {
      bytes += place(new.row, new.column) + Array("\u{1B}[?25h".utf8)
    } else if frame.cursor == nil, cursor != nil, bytes.isEmpty {
      bytes += "\u{1B}[?25l".utf8
    }
    shown = rows
    cursor = frame.cursor
    return bytes
  }

  private func row(_ row: ScreenRow) -> Row {
    var builder = RowBuilder(columns: columns)
    var texts = palette.paint(row.line.runs)
    if row.isSelected, palette.usesStyles {
      texts = texts.map { PaintedText($0.text, sgr: palette.selection) }
      let rest = max(0, columns - 1 - Glyph.width(of: row.line.plain))
      texts.append(PaintedText(String(repeating: " ", count: rest), sgr: palette.selection))
    }
    builder.putClipped(texts, ellipsis: "")
    return builder.rows[0]
  }

  private func place(_ row: Int, _ column: Int) -> [UInt8] {
    Array("\u{1B}[\(row + 1);\(column + 1)H".utf8)
  }
}
