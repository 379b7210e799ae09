/// How far back the last words of earlier inputs were taken, one after the other, and where they were put.
struct LastArgument: Hashable, Sendable {
  /// The entry that the word is of; the count of entries before the first one was taken.
  private var index: Int
  /// Where the word begins in the line, in scalars.
  let start: Int

  init(before index: Int, start: Int) {
    self.index = index
    self.start = start
  }

  /// The last word of the entry before, and the place that it stands for; nil when there is none.
  func next(in entries: [String]) -> (place: LastArgument, word: String)? {
    for earlier in entries[..<min(index, entries.count)].indices.reversed() {
      guard let word = Self.lastWord(of: entries[earlier]) else { continue }
      return (LastArgument(before: earlier, start: start), word)
    }
    return nil
  }

  /// The last word between blanks; one in double quotes may have blanks in it.
  static func lastWord(of entry: String) -> String? {
    var word = ""
    var last: String?
    var isQuoted = false
    for character in entry {
      if character == "\"" { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted {
        if !word.isEmpty { last = word }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? last : word
  }
}
