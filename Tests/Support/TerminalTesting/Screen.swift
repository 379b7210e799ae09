/// What a terminal shows after the bytes it got: the parts of xterm that a line editor needs.
///
/// Strict: a sequence that it does not know is listed in `unknown`, which a test expects to be empty.
public struct Screen: Sendable {
  public struct Cell: Hashable, Sendable {
    /// "" is the right half of a wide character.
    public var text = " "
    /// The parameters of the style that was set: "7" is reverse, "" the default.
    public var style = ""
    var isWide: Bool = false
    /// Whether a character was written there, which may be a blank: then it belongs to the line when that wraps anew.
    var isWritten = false
  }

  struct Line: Sendable {
    var cells: [Cell]
    /// Whether the text wrapped into the next line by itself.
    var isWrapped = false

    init(columns: Int) {
      cells = Array(repeating: Cell(), count: columns)
    }

    var text: String {
      var text = cells.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// What comes back when the alternate screen is left.
  struct MainScreen: Sendable {
    var grid: [Line]
    var row: Int
    var column: Int
  }

  public internal(set) var columns: Int
  public internal(set) var rows: Int
  /// The cursor's place, from 0.
  public internal(set) var row = 0
  public internal(set) var column = 0
  /// The private modes that are on, such as "2004" for bracketed paste.
  public internal(set) var modes: Set<String> = []
  /// Sequences and characters that this model does not know.
  public internal(set) var unknown: [String] = []
  /// The lines that have left the screen at the top.
  public internal(set) var scrollback: [String] = []
  var grid: [Line]
  /// The last column is written, and the next character goes to the next line.
  var isWrapPending = false
  var style = ""
  /// Whether scalars that are one character take one place, as newer terminals have it; others add up their widths.
  let joinsCharacters: Bool
  /// Whether the character before the cursor was the last thing that came.
  var canJoin = false
  /// The cursor's place that is remembered.
  var saved = (row: 0, column: 0)
  /// The main screen while the alternate one is shown.
  var main: MainScreen?
  var parser = ScreenParser()

  public init(columns: Int, rows: Int, joinsCharacters: Bool = false) {
    self.joinsCharacters = joinsCharacters
    self.columns = columns
    self.rows = rows
    grid = Array(repeating: Line(columns: columns), count: rows)
  }

  /// Whether the alternate screen is shown.
  public var isAlternate: Bool { main != nil }
  /// The lines without blanks at their ends.
  public var lines: [String] { grid.map(\.text) }
  /// The line with the cursor.
  public var currentLine: String { grid[row].text }
  /// The line with the cursor, and a mark where the cursor stands.
  public func currentLine(markedWith mark: String) -> String {
    var line = grid[row]
    line.cells[column].text = mark + line.cells[column].text
    return line.text
  }
  /// The lines down to the last that is not empty, joined by line feeds.
  public var text: String {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
  /// Everything that was ever shown: scrollback and screen.
  public var transcript: String { (scrollback + [text]).joined(separator: "\n") }

  /// What a cell shows; "" is the right half of a wide character.
  public func character(row: Int, column: Int) -> String { grid[row].cells[column].text }

  /// The style of a cell, as SGR parameters.
  public func style(row: Int, column: Int) -> String { grid[row].cells[column].style }

  /// Takes what a program has written.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      for action in parser.take(byte) { perform(action) }
    }
  }
}
