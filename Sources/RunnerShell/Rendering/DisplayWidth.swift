/// Counts the terminal columns that text occupies.
package enum DisplayWidth {
  /// Returns the columns of one line of visible text.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Returns the longest beginning of the text that fits into so many columns.
  package static func prefix(of text: String, columns: Int) -> String {
    var used = 0
    var result = ""
    for character in text {
      used += of(character)
      guard used <= columns else { break }
      result.append(character)
    }
    return result
  }

  private static func of(_ character: Character) -> Int {
    var isFirst = true
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      if isFirst { width = of(scalar) }
      isFirst = false
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: 2
    case 0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60: 2
    case 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF: 2
    case 0x1F900...0x1FAFF, 0x20000...0x3FFFD: 2
    default: 1
    }
  }
}
