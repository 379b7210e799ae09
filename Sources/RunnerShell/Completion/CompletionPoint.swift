/// What stands before the cursor: the word that is being typed, and those before it.
package struct CompletionPoint: Hashable, Sendable {
  package let word: String
  /// Where the word begins, counted in Unicode scalars.
  package let start: Int
  package let before: [String]

  /// Reads a half-typed line up to the cursor, which is counted in Unicode scalars.
  package init(_ text: String, cursor: Int) {
    let typed = Array(text.unicodeScalars.prefix(max(0, cursor)))
    let blank = typed.lastIndex { $0.properties.isWhitespace }
    start = blank.map { $0 + 1 } ?? 0
    word = Self.string(typed[start...])
    before = Self.string(typed[..<start]).split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private init(word: String, start: Int, before: [String]) {
    self.word = word
    self.start = start
    self.before = before
  }

  /// The same point in what follows so many words.
  package func dropping(_ count: Int) -> CompletionPoint {
    CompletionPoint(word: word, start: start, before: Array(before.dropFirst(count)))
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
