/// What kills that follow each other have taken together, as a value: libedit keeps what the last one of its own took.
struct KillChain: Sendable {
  /// The commands of libedit that keep what they take for `em-yank`.
  private static let kills = [
    "ed-kill-line", "em-kill-line", "vi-kill-line-prev", "ed-delete-prev-word",
    "em-delete-next-word", "em-kill-region",
  ]
  /// Stands for a command of ours that kills, of which libedit keeps nothing.
  static let ownKill = "runner-kill"
  private static let copies = ["em-copy-region"]

  private var text: [Unicode.Scalar] = []
  private var length = 0
  /// Whether libedit has not got what was killed.
  private var isOwn = false
  /// The line before the kill that comes next or has just been done.
  private var before: LineText?
  private var isBeforeOwn = false
  private var startsAnew = true

  /// What the next yank brings; nil when libedit has it.
  var joined: [Unicode.Scalar]? { (length > 1 || isOwn) && !text.isEmpty ? text : nil }

  /// Whether the key before was a kill.
  var isOpen: Bool { before != nil }

  /// Whether a binding, as libedit describes it, kills.
  static func isKill(_ binding: String?) -> Bool { names(kills + [ownKill], binding) }

  /// Forgets that the key before was a kill: another line begins.
  mutating func interrupt() { before = nil }

  /// Takes in what the key before has killed, if it was a kill; called before each key with the line as it is.
  mutating func close(_ after: LineText) {
    guard let before else { return }
    self.before = nil
    let taken = before.scalars.count - after.scalars.count
    guard taken > 0, after.cursor + taken <= before.scalars.count else { return }
    let part = before.scalars[after.cursor..<(after.cursor + taken)]
    if startsAnew {
      startsAnew = false
      text = []
      length = 0
      isOwn = false
    }
    text = after.cursor < before.cursor ? part + text : text + Array(part)
    length += 1
    isOwn = isOwn || isBeforeOwn
  }

  /// Notes the key that follows: the command that it is bound to, and the line.
  mutating func begin(_ binding: String?, _ text: LineText, follows: Bool) {
    if Self.isKill(binding) {
      if !follows { startsAnew = true }
      isBeforeOwn = Self.names([Self.ownKill], binding)
      before = text
    } else if Self.names(Self.copies, binding) {
      self = KillChain()
    }
  }

  private static func names(_ commands: [String], _ binding: String?) -> Bool {
    // "^W"  ->  ed-delete-prev-word
    guard let name = binding?.split(whereSeparator: \.isWhitespace).last else { return false }
    return commands.contains { $0 == name }
  }
}
