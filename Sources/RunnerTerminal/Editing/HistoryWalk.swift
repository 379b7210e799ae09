/// A walk through the history with Up and Down; keeps what was being typed when it began, and what was changed on the way.
struct HistoryWalk: Sendable {
  private let entries: [String]
  /// Equal to the count of entries at the draft.
  private var index: Int
  /// What the places that were left looked like then, the draft among them.
  private var texts: [Int: [Unicode.Scalar]] = [:]

  init(_ entries: [String]) {
    self.entries = entries
    index = entries.count
  }

  /// Goes to an older (-1) or newer (+1) entry and returns its text; nil at the ends.
  mutating func step(_ offset: Int, from text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let target = index + offset
    guard (0...entries.count).contains(target) else { return nil }
    texts[index] = text
    index = target
    return texts[index] ?? (index < entries.count ? Array(entries[index].unicodeScalars) : [])
  }

  /// Goes to the entry that a search has found, as it stands in the history.
  mutating func jump(to found: Int, from text: [Unicode.Scalar]) {
    texts[index] = text
    index = found
  }
}
