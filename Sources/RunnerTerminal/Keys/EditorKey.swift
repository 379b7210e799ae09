/// A key whose command is ours: its raw value is the private code by which libedit knows it.
///
/// The codes are C1 controls, which `KeyDecoder` never lets in from the keyboard.
enum EditorKey: UInt32, CaseIterable, Sendable {
  case up = 0x80, down, left, right, home, end, delete, wordLeft, wordRight
  case tab, shiftTab, enter, altEnter, backspace, search, searchForward, clear, endOfFile
  /// Text that waits beside the key queue: a paste, or a character that libedit would miscount.
  case text
  /// A bracket is about to be typed that closes; its line moves to the left of what it closes.
  case outdent
  /// What vi's commands on lines press within an insertion, and behind a change.
  case openBelow, openAbove, putLines, firstNonBlank
  /// Goes to the beginning and to the end of all lines.
  case textStart, textEnd
  /// Cuts to the end of the line, and to its beginning.
  case killLineEnd, killLineStart
  /// Takes the next word of the suggestion.
  case suggestedWord
  /// Puts in the last word of an earlier input.
  case lastArgument
  /// Takes the last change back.
  case undo
  /// Brings what was killed last.
  case yank

  /// Fails for a key that means nothing in a line.
  init?(_ key: FunctionKey) {
    switch key {
    case .pageUp, .pageDown: return nil
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    case .home: self = .home
    case .end: self = .end
    case .delete: self = .delete
    case .wordLeft: self = .wordLeft
    case .wordRight: self = .wordRight
    case .shiftTab: self = .shiftTab
    case .altEnter: self = .altEnter
    }
  }

  /// The keys with Alt that are ours in emacs's keys, where neither libedit nor the user's `.editrc` has them.
  static let ofMetaKeys: [Unicode.Scalar: EditorKey] = [
    ".": .lastArgument, "<": .textStart, ">": .textEnd,
  ]

  /// The control keys that are ours as long as the user's `.editrc` leaves them alone.
  static let ofControlKeys: [(character: Unicode.Scalar, name: String, key: EditorKey)] = [
    ("\t", "^I", .tab), ("\n", "^J", .enter), ("\r", "^M", .enter), ("\u{12}", "^R", .search),
    ("\u{13}", "^S", .searchForward), ("\u{7F}", "^?", .backspace), ("\u{8}", "^H", .backspace),
    ("\u{C}", "^L", .clear), ("\u{4}", "^D", .endOfFile), ("\u{10}", "^P", .up),
    ("\u{E}", "^N", .down), ("\u{1F}", "^_", .undo), ("\u{19}", "^Y", .yank),
    ("\u{2}", "^B", .left), ("\u{6}", "^F", .right), ("\u{1}", "^A", .home),
    ("\u{5}", "^E", .end), ("\u{B}", "^K", .killLineEnd), ("\u{15}", "^U", .killLineStart),
  ]
}
