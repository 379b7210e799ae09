internal import CPseudoTerminal

extension Screen {
  mutating func perform(_ action: ScreenParser.Action) {
    switch action {
    case .print(let scalar): put(scalar)
    case .control(let byte):
      canJoin = false
      control(byte)
    case .sequence(let parameters, let final):
      canJoin = false
      sequence(parameters, final)
    case .escape("7"): saved = (row, column)
    case .escape("8"):
      canJoin = false
      go(toRow: saved.row)
      go(toColumn: saved.column)
    case .escape: lineFeed()
    case .unknown(let what): unknown.append(what)
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: break
    case 0x08: go(toColumn: column - 1)
    case 0x09: go(toColumn: (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: go(toColumn: 0)
    default: unknown.append("C0 \(byte)")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Int(cpty_width(scalar.value))
    guard width >= 0 else {
      return unknown.append("unprintable U+\(String(scalar.value, radix: 16))")
    }
    if joinsCharacters, canJoin, isOneCharacter(with: scalar) { return widen(with: scalar) }
    guard width > 0 else { return join(scalar) }
    let isFlag = (0x1F1E6...0x1F1FF).contains(scalar.value)
    put(scalar, width: joinsCharacters && isFlag ? 2 : width)
    canJoin = true
  }

  private mutating func put(_ scalar: Unicode.Scalar, width: Int) {
    if isWrapPending || column + width > columns {
      grid[row].isWrapped = true
      column = 0
      lineFeed()
    }
    for offset in 0..<width { blank(row, column + offset) }
    grid[row].cells[column] = Cell(
      text: String(scalar), style: style, isWide: width == 2, isWritten: true)
    if width == 2 { grid[row].cells[column + 1] = Cell(text: "", style: style) }
    column += width
    isWrapPending = column >= columns
    if isWrapPending { column = columns - 1 }
  }

  /// The column of the character on the left.
  private var previous: Int {
    let target = isWrapPending ? column : column - 1
    return target > 0 && grid[row].cells[target].text.isEmpty ? target - 1 : target
  }

  private func isOneCharacter(with scalar: Unicode.Scalar) -> Bool {
    previous >= 0 && (grid[row].cells[previous].text + String(scalar)).count == 1
  }

  /// Adds a scalar to the character on the left, which VS16 makes two columns wide.
  private mutating func widen(with scalar: Unicode.Scalar) {
    let target = previous
    join(scalar)
    guard scalar.value == 0xFE0F, !grid[row].cells[target].isWide, target + 2 <= columns else {
      return
    }
    let cell = grid[row].cells[target]
    blank(row, target + 1)
    grid[row].cells[target] = Cell(text: cell.text, style: cell.style, isWide: true)
    grid[row].cells[target + 1] = Cell(text: "", style: cell.style)
    column = target + 2
    isWrapPending = column >= columns
    if isWrapPending { column = columns - 1 }
  }

  /// Adds a combining character to the cell on the left.
  private mutating func join(_ scalar: Unicode.Scalar) {
    let target = previous
    if target >= 0 { grid[row].cells[target].text.unicodeScalars.append(scalar) }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row + 1 < rows {
      row += 1
    } else {
      let gone = grid.removeFirst()
      // An alternate screen has no scrollback.
      if !isAlternate { scrollback.append(gone.text) }
      grid.append(Line(columns: columns))
    }
  }

  private mutating func sequence(_ parameters: String, _ final: Character) {
    let isPrivate = parameters.hasPrefix("?")
    let numbers = parameters.drop { $0 == "?" }.split(
      separator: ";", omittingEmptySubsequences: false
    )
    .map { Int($0) ?? 0 }
    func count(_ index: Int = 0) -> Int { max(1, index < numbers.count ? numbers[index] : 1) }
    switch (final, isPrivate) {
    case ("A", false): go(toRow: row - count())
    case ("B", false): go(toRow: row + count())
    case ("C", false): go(toColumn: column + count())
    case ("D", false): go(toColumn: column - count())
    case ("G", false): go(toColumn: count() - 1)
    case ("H", false):
      go(toRow: count() - 1)
      go(toColumn: count(1) - 1)
    case ("J", false): eraseDisplay(parameters)
    case ("K", false): eraseLine(parameters)
    case ("m", false): setStyle(parameters)
    case ("h", true): set(String(parameters.dropFirst()), to: true)
    case ("l", true): set(String(parameters.dropFirst()), to: false)
    default: unknown.append("CSI \(parameters)\(final)")
    }
  }

  private mutating func set(_ mode: String, to isOn: Bool) {
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    guard mode == "1049", isOn != isAlternate else { return }
    if let old = main {
      (grid, row, column, main) = (old.grid, old.row, old.column, nil)
    } else {
      main = MainScreen(grid: grid, row: row, column: column)
      grid = Array(repeating: Line(columns: columns), count: rows)
    }
    isWrapPending = false
  }

  private mutating func setStyle(_ parameters: String) {
    if parameters.isEmpty || parameters == "0" {
      style = ""
    } else {
      style = parameters.hasPrefix("0;") ? String(parameters.dropFirst(2)) : parameters
    }
  }

  private mutating func eraseDisplay(_ parameters: String) {
    switch parameters {
    case "", "0":
      // As tmux does, which takes it for the wish for a fresh screen.
      if row == 0, column == 0, !isAlternate {
        let used = grid.lastIndex { !$0.text.isEmpty }.map { $0 + 1 } ?? 0
        scrollback += grid[..<used].map(\.text)
      }
      eraseLine("0")
      for index in (row + 1)..<max(rows, row + 1) { grid[index] = Line(columns: columns) }
    case "2": grid = Array(repeating: Line(columns: columns), count: rows)
    default: unknown.append("CSI \(parameters)J")
    }
  }

  private mutating func eraseLine(_ parameters: String) {
    guard ["", "0"].contains(parameters) else { return unknown.append("CSI \(parameters)K") }
    for index in column..<columns { blank(row, index) }
    grid[row].isWrapped = false
  }

  private mutating func go(toColumn target: Int) {
    column = min(max(target, 0), columns - 1)
    isWrapPending = false
  }

  private mutating func go(toRow target: Int) {
    row = min(max(target, 0), rows - 1)
    isWrapPending = false
  }

  /// Empties a cell, and the other half of a wide character with it.
  private mutating func blank(_ row: Int, _ column: Int) {
    if grid[row].cells[column].isWide, column + 1 < columns { grid[row].cells[column + 1] = Cell() }
    if grid[row].cells[column].text.isEmpty, column > 0 { grid[row].cells[column - 1] = Cell() }
    grid[row].cells[column] = Cell()
  }
}
