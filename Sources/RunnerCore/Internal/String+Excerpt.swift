extension String {
  /// The beginning of the text in one line: control characters escaped, at most so many characters.
  func excerpt(_ limit: Int) -> String {
    var excerpt = ""
    for (index, character) in enumerated() {
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
