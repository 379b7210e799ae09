internal import RunnerShell

/// A run of text with the parameters of its SGR sequence; "" is the terminal's default style.
struct PaintedText: Hashable, Sendable {
  var text: String
  var sgr: String

  init(_ text: String, sgr: String = "") {
    self.text = text
    self.sgr = sgr
  }
}

/// How styles look on this terminal.
struct Palette: Hashable, Sendable {
  /// Whether anything but plain text may be used.
  var usesStyles: Bool
  /// Whether nothing but ASCII may be drawn.
  var usesASCII = false

  /// Stands for what is not shown.
  var ellipsis: String { usesASCII ? Glyphs.ascii.ellipsis : Glyphs.unicode.ellipsis }
  /// The mark of the chosen row of a menu.
  var selection: String { usesStyles ? "7" : "" }
  var dim: String { usesStyles ? "2" : "" }
  /// What of a query is not found.
  var missing: String { usesStyles ? "31" : "" }

  func paint(_ texts: [StyledText]) -> [PaintedText] {
    texts.map { PaintedText($0.text, sgr: usesStyles ? Self.sgr($0.style) : "") }
  }

  /// The looks of what is typed: of the 16 colours those that are readable on light and on dark, and none where
  /// weight is enough.
  func sgr(_ kind: LineHighlight.Kind) -> String {
    guard usesStyles else { return "" }
    return switch kind {
    case .command: "1"
    case .flag, .number: "36"
    case .keyword: "35"
    case .string: "32"
    case .comment: "2"
    }
  }

  private static func sgr(_ style: StyledText.Style) -> String {
    switch style {
    case .plain: ""
    case .bold: "1"
    case .dim: "2"
    case .good: "32"
    case .bad: "31"
    case .warning: "33"
    case .accent: "36"
    }
  }
}
