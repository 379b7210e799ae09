/// A walk through the history with Up and Down; keeps what was being typed when it began.
struct HistoryWalk: Sendable {
  private let entries: [String]
  /// Equal to the count of entries at the draft.
  private var index: Int
  private var draft: [Unicode.Scalar] = []

  init(_ entries: [String]) {
    self.entries = entries
    index = entries.count
  }

  /// Goes to an older (-1) or newer (+1) entry and returns its text; nil at the ends.
  mutating func step(_ offset: Int, from text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let target = index + offset
    guard (0...entries.count).contains(target) else { return nil }
    if index == entries.count { draft = text }
    index = target
    return index == entries.count ? draft : Array(entries[index].unicodeScalars)
  }

  /// Goes to the entry that a search has found.
  mutating func jump(to found: Int, from text: [Unicode.Scalar]) {
    if index == entries.count { draft = text }
    index = found
  }
}
