/// The keys of vi's command mode that are ours because libedit knows no lines in a text, and how to reach libedit's own
/// commands beneath them.
enum ViKeys {
  /// The keys, and the command of libedit that each has unless the person has bound it.
  static let usual: [(key: Unicode.Scalar, command: String)] =
    [
      ("/", "vi-search-prev"), ("?", "vi-search-next"), ("j", "ed-next-history"),
      ("k", "ed-prev-history"), ("+", "ed-next-history"), ("-", "ed-prev-history"),
      ("h", "ed-prev-char"), ("l", "ed-next-char"), (" ", "ed-next-char"), ("0", "vi-zero"),
      ("^", "ed-move-to-beg"), ("$", "ed-move-to-end"), ("I", "vi-insert-at-bol"),
      ("A", "vi-add-at-eol"), ("o", "ed-unassigned"), ("O", "ed-sequence-lead-in"),
      ("d", "vi-delete-meta"), ("c", "vi-change-meta"), ("y", "vi-yank"), ("D", "ed-kill-line"),
      ("C", "vi-change-to-eol"), ("Y", "vi-yank-end"), ("S", "vi-substitute-line"),
      ("x", "ed-delete-next-char"), ("X", "ed-delete-prev-char"), ("s", "vi-substitute-char"),
      ("p", "vi-paste-next"), ("P", "vi-paste-prev"), (".", "vi-redo"), ("i", "vi-insert"),
      ("a", "vi-add"), ("r", "vi-replace-char"), ("R", "vi-replace-mode"), ("~", "vi-change-case"),
    ] + "123456789".unicodeScalars.map { ($0, "ed-argument-digit") }

  /// Begins a sequence that stands for libedit's own command; no keyboard sends it.
  static let lead: Unicode.Scalar = "\u{9F}"

  /// The commands of libedit that ours are made of: `lead` and this key press them, whatever the person has bound.
  static let own: [(key: Unicode.Scalar, command: String)] =
    [
      ("i", "vi-insert"), ("a", "vi-add"), ("d", "vi-delete-meta"), ("c", "vi-change-meta"),
      ("y", "vi-yank"), ("h", "ed-prev-char"), ("l", "ed-next-char"), ("p", "vi-paste-next"),
      ("P", "vi-paste-prev"), (".", "vi-redo"), ("r", "vi-replace-char"), ("R", "vi-replace-mode"),
      ("~", "vi-change-case"),
    ] + "0123456789".unicodeScalars.map { ($0, "ed-argument-digit") }

  /// What presses a command of libedit, so often if a count is given.
  static func pressing(_ key: Unicode.Scalar, _ count: Int? = nil) -> String {
    let digits = count.map { String($0).unicodeScalars.map { "\(lead)\($0)" }.joined() } ?? ""
    return "\(digits)\(lead)\(key)"
  }

  /// What presses a key of ours.
  static func pressing(_ key: EditorKey) -> String {
    Unicode.Scalar(key.rawValue).map { String(Character($0)) } ?? ""
  }
}
