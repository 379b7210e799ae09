/// One thing that a person did at the keyboard.
enum Key: Hashable, Sendable {
  /// A character, or a control character below U+0020.
  case character(Unicode.Scalar)
  /// A character with Alt, or after Escape.
  case meta(Unicode.Scalar)
  /// Escape alone.
  case escape
  /// An escape sequence without its ESC, and the key it means if that is known.
  case function(FunctionKey?, sequence: String)
  /// A bracketed paste, cleaned: lines end with LF, no other control characters but tabs.
  case paste(String)
}

/// A key that terminals send as an escape sequence.
enum FunctionKey: Hashable, Sendable {
  case up, down, left, right, home, end, pageUp, pageDown, delete, wordLeft, wordRight, shiftTab,
    altEnter

  /// The key of a sequence without its ESC, in the dialects of xterm, VT220, rxvt and the Linux console.
  init?(sequence: String) {
    switch sequence {
    case "[A", "OA": self = .up
    case "[B", "OB": self = .down
    case "[C", "OC": self = .right
    case "[D", "OD": self = .left
    case "[H", "OH", "[1~", "[7~": self = .home
    case "[F", "OF", "[4~", "[8~": self = .end
    case "[5~": self = .pageUp
    case "[6~": self = .pageDown
    case "[3~": self = .delete
    case "[1;5C", "[1;3C", "[1;9C", "Oc": self = .wordRight
    case "[1;5D", "[1;3D", "[1;9D", "Od": self = .wordLeft
    case "[Z": self = .shiftTab
    case "[13;3u", "[27;3;13~", "[13;2u", "[27;2;13~": self = .altEnter
    default: return nil
    }
  }
}
