/// One row of the screen as it will be written.
struct Row: Hashable, Sendable {
  /// Text and SGR sequences; a row begins and ends in the terminal's default style.
  var bytes: [UInt8] = []
  /// In columns.
  var width = 0
  /// The columns where characters begin that take two.
  var wideColumns: [Int] = []
  /// Whether the text goes on in the next row without a line break.
  var isContinued = false
}
