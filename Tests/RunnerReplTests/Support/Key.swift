/// What a person does at the keyboard: text, or a key that has a name.
enum Key: ExpressibleByStringInterpolation {
  case text(String)
  case enter, escape, tab, backtab, up, down, left, right, delete, backspace
  case control(Character)
  /// Text that the terminal marks as pasted.
  case paste(String)

  init(stringLiteral text: String) { self = .text(text) }

  /// What the terminal sends.
  var bytes: String {
    switch self {
    case .text(let text): text
    case .enter: "\r"
    case .escape: "\u{1B}"
    case .tab: "\t"
    case .backtab: "\u{1B}[Z"
    case .up: "\u{1B}[A"
    case .down: "\u{1B}[B"
    case .right: "\u{1B}[C"
    case .left: "\u{1B}[D"
    case .delete: "\u{1B}[3~"
    case .backspace: "\u{7F}"
    case .control(let letter):
      String(Unicode.Scalar((letter.asciiValue ?? 0) & 0x1F))
    case .paste(let text):
      "\u{1B}[200~\(text.replacing("\n", with: "\r"))\u{1B}[201~"
    }
  }

  /// How the page shows it.
  var shown: String {
    switch self {
    case .text(let text): Self.code(text)
    case .enter: "<kbd>Enter</kbd>"
    case .escape: "<kbd>Esc</kbd>"
    case .tab: "<kbd>Tab</kbd>"
    case .backtab: "<kbd>Shift-Tab</kbd>"
    case .up: "<kbd>↑</kbd>"
    case .down: "<kbd>↓</kbd>"
    case .left: "<kbd>←</kbd>"
    case .right: "<kbd>→</kbd>"
    case .delete: "<kbd>Del</kbd>"
    case .backspace: "<kbd>Backspace</kbd>"
    case .control(let letter): "<kbd>Ctrl-\(letter)</kbd>"
    case .paste(let text): "a paste of \(text.split(separator: "\n").count) lines"
    }
  }

  private static func code(_ text: String) -> String {
    // A code span takes the blanks at its ends off when both have one.
    text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }
}
