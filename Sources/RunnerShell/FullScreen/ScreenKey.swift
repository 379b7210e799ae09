/// A key as a view knows it.
package enum ScreenKey: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, tab, backspace
  /// Drops what was typed on this line: Ctrl-U.
  case clearLine
  /// Ctrl-C.
  case interrupt
  /// A printable character.
  case character(Character)
  /// A paste: never keys, because it was meant for something else unless text is edited.
  case paste(String)
}
