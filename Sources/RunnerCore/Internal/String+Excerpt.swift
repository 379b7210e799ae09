extension String {
  /// The text as it is, or the beginning of it: so many scalars, and an ellipsis.
  func bounded(_ limit: Int = 200) -> String {
    guard utf8.count > limit,
      let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex),
      end < endIndex
    else { return self }
    // The ellipsis may stand here already.
    if unicodeScalars.index(after: end) == endIndex, hasSuffix("…") { return self }
    return String(unicodeScalars[..<end]) + "…"
  }

  /// The beginning of the text in one line: control characters escaped, at most so many characters.
  func excerpt(_ limit: Int) -> String {
    var excerpt = ""
    // One character may be made of any number of scalars.
    for (index, character) in bounded(limit * 16).enumerated() {
      if index == limit { return excerpt + "…" }
      if let scalar = character.unicodeScalars.first, scalar.properties.generalCategory == .control
      {
        excerpt += character.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
      } else {
        excerpt.append(character)
      }
    }
    return excerpt
  }
}
