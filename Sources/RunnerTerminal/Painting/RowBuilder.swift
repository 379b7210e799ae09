/// Fills rows with text and wraps at the screen's width.
struct RowBuilder {
  let columns: Int
  private(set) var rows = [Row()]
  private var sgr = ""

  init(columns: Int) {
    self.columns = columns
  }

  /// The column where the next character goes, which may be one behind the last.
  var column: Int { rows[rows.count - 1].width }

  /// The place where a cursor stands; behind a full row it is the start of the next.
  var point: ScreenPoint {
    column >= columns
      ? ScreenPoint(row: rows.count, column: 0)
      : ScreenPoint(row: rows.count - 1, column: column)
  }

  mutating func setStyle(_ new: String) {
    guard new != sgr else { return }
    sgr = new
    append(new.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(new)m")
  }

  mutating func put(ascii byte: UInt8) {
    wrap(before: 1)
    rows[rows.count - 1].bytes.append(byte)
    rows[rows.count - 1].width += 1
  }

  mutating func put(_ glyph: Glyph) {
    wrap(before: glyph.room)
    if glyph.isWide { rows[rows.count - 1].wideColumns.append(column) }
    guard !glyph.isCertain else {
      append(glyph.text)
      rows[rows.count - 1].width += glyph.width
      return
    }
    // Terminals disagree about these: blanks stand where one takes fewer columns, and what follows goes to its column.
    let blanks = String(repeating: " ", count: glyph.width)
    append("\(blanks)\u{1B}[\(column + 1)G\(glyph.text)\u{1B}[\(column + 1 + glyph.width)G")
    rows[rows.count - 1].width += glyph.width
  }

  mutating func put(_ texts: [PaintedText]) {
    for text in texts {
      setStyle(text.sgr)
      for character in text.text { put(Glyph(character)) }
    }
    setStyle("")
  }

  /// Puts texts into the rest of the row; where not all of them fits, `ellipsis` stands for what is missing.
  mutating func putClipped(_ texts: [PaintedText], ellipsis: String) {
    // The last column stays free: a full row would ask for a wrap.
    let room = columns - 1 - column
    var fitting: [(glyph: Glyph, sgr: String)] = []
    var width = 0
    var cutStyle: String?
    for (glyph, sgr) in texts.lazy.flatMap({ text in text.text.lazy.map { (Glyph($0), text.sgr) } })
    {
      guard width + glyph.width <= room, width + glyph.room <= room + 1 else {
        cutStyle = sgr
        break
      }
      fitting.append((glyph, sgr))
      width += glyph.width
    }
    if let cutStyle {
      let rest = room - Glyph.width(of: ellipsis)
      guard rest >= 0 else { return }
      while width > rest { width -= fitting.removeLast().glyph.width }
      fitting += ellipsis.map { (Glyph($0), cutStyle) }
    }
    for (glyph, sgr) in fitting {
      setStyle(sgr)
      put(glyph)
    }
    setStyle("")
  }

  mutating func putTab() {
    for _ in 0..<(8 - column % 8) { put(ascii: 0x20) }
  }

  mutating func newRow() {
    setStyle("")
    rows.append(Row())
  }

  /// Goes to the next row when this one is full, as the terminal does with the next character.
  mutating func wrap(before width: Int = 1) {
    guard column + width > columns, column > 0 else { return }
    let style = sgr
    setStyle("")
    rows[rows.count - 1].isContinued = true
    rows.append(Row())
    setStyle(style)
  }

  private mutating func append(_ text: String) {
    rows[rows.count - 1].bytes += text.utf8
  }
}
