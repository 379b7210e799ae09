/// A pattern in which `*` stands for any text and `?` for any one character.
struct NamePattern {
  private let pattern: [Unicode.Scalar]

  init(_ pattern: String) {
    self.pattern = Array(pattern.unicodeScalars)
  }

  func matches(_ name: String) -> Bool {
    let name = Array(name.unicodeScalars)
    var (patternIndex, nameIndex) = (0, 0)
    // Where to go on when the text after the last star does not fit.
    var retry: (pattern: Int, name: Int)?
    while nameIndex < name.count {
      if patternIndex < pattern.count, pattern[patternIndex] == "*" {
        retry = (patternIndex + 1, nameIndex)
        patternIndex += 1
      } else if patternIndex < pattern.count,
        pattern[patternIndex] == "?" || pattern[patternIndex] == name[nameIndex]
      {
        patternIndex += 1
        nameIndex += 1
      } else if let (afterStar, start) = retry {
        patternIndex = afterStar
        nameIndex = start + 1
        retry = (afterStar, start + 1)
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == "*" }
  }
}
