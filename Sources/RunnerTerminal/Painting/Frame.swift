/// Everything the editor wants to be seen at one moment.
struct Frame: Sendable {
  /// Output that has not ended its line yet; stays just above the prompt.
  var live: SanitizedLine = []
  var prompt: [PaintedText] = []
  /// Stands before the second and later lines of the text.
  var continuationPrompt: [PaintedText] = []
  var text: [Unicode.Scalar] = []
  /// In scalars of the text.
  var cursor = 0
  /// The styles of the text, in order and apart from each other.
  var spans: [PaintedSpan] = []
  /// What could follow the text; takes the rest of its last row at most, so it moves nothing.
  var suggestion: [PaintedText] = []
  /// Rows below the text, cut at the screen's width.
  var menu: [[PaintedText]] = []
  /// Stands for what a suggestion or a row of the menu has no room for.
  var ellipsis = "…"
  /// Whether this is the last look of the line: it is painted whole, even if higher than the screen.
  var isFinal = false
}

/// A place on the screen, from 0.
struct ScreenPoint: Hashable, Sendable {
  var row: Int
  var column: Int
}
