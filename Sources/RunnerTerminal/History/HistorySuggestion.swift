/// How the newest entry goes on that begins with what is typed.
struct HistorySuggestion: Sendable {
  private var text: [Unicode.Scalar] = []
  private var found: [Unicode.Scalar]?

  /// Returns the rest of the entry; nil when no entry goes on.
  ///
  /// While a person types on, the entry found before is tried first: no newer one can have begun to fit.
  mutating func rest(of new: [Unicode.Scalar], in entries: [String]) -> ArraySlice<Unicode.Scalar>?
  {
    guard !new.isEmpty else {
      forget()
      return nil
    }
    if new != text {
      let goesOn = !text.isEmpty && new.starts(with: text)
      if !goesOn || found.map({ !Self.goes($0, on: new) }) ?? false {
        found = Self.newest(beginningWith: new, in: entries)
      }
      text = new
    }
    return found.map { $0[new.count...] }
  }

  /// Forgets what was found: there are other entries now.
  mutating func forget() {
    text = []
    found = nil
  }

  private static func newest(
    beginningWith text: [Unicode.Scalar], in entries: [String]
  ) -> [Unicode.Scalar]? {
    let prefix = Graphemes.string(text)
    for entry in entries.reversed() where entry.hasPrefix(prefix) {
      // A prefix by meaning may be written in other scalars.
      let scalars = Array(entry.unicodeScalars)
      if goes(scalars, on: text) { return scalars }
    }
    return nil
  }

  private static func goes(_ entry: [Unicode.Scalar], on text: [Unicode.Scalar]) -> Bool {
    entry.count > text.count && entry.starts(with: text)
  }

  /// The next word of a rest, with what stands before it.
  static func firstWord(of rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let isWord = { (scalar: Unicode.Scalar) in
      scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil
    }
    let start = rest.firstIndex(where: isWord) ?? rest.endIndex
    let end = rest[start...].firstIndex { !isWord($0) } ?? rest.endIndex
    return rest[..<end]
  }
}
