/// Makes text from outside safe to print: names, messages and values may hold anything.
///
/// Control characters, invisible direction marks and line separators come out as the escapes that a
/// Swift string literal would use, and never raw.
package enum VisibleText {
  /// Returns the text as one line.
  package static func line(_ text: String, _ spec: RenderSpec = RenderSpec()) -> String {
    guard text.unicodeScalars.contains(where: { needsEscape($0, spec) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if needsEscape(scalar, spec) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Returns the text as lines: what breaks a line in it breaks it here too.
  package static func lines(_ text: String, _ spec: RenderSpec = RenderSpec()) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0), spec) }
  }

  /// Returns at most `limit` columns of the text as one line, with an ellipsis where it was cut.
  ///
  /// An escape is never cut inside.
  package static func excerpt(
    _ text: String, limit: Int = 60, _ spec: RenderSpec = RenderSpec()
  ) -> String {
    let mark = spec.glyphs.ellipsis
    let room = limit - DisplayWidth.of(mark)
    var (result, used, cut) = ("", 0, "")
    // One character may be made of any number of scalars, and have no width.
    let scalars = text.unicodeScalars.prefix(16 * (limit + 1))
    for character in String(scalars) {
      let piece = line(String(character), spec)
      used += DisplayWidth.of(piece)
      guard used <= limit else { return cut + mark }
      result += piece
      if used <= room { cut = result }
    }
    return scalars.endIndex == text.unicodeScalars.endIndex ? result : cut + mark
  }

  /// Whether a terminal could act on the character, or a reader overlook it.
  static func needsEscape(_ scalar: Unicode.Scalar, _ spec: RenderSpec) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0...0x1F, 0x7F...0x9F: true
    case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE0FFF: true
    default: spec.usesASCII
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    case "\0": #"\0"#
    // Our own sign for what was cut, in a text that must be ASCII.
    case "…": Glyphs.ascii.ellipsis
    default: #"\u{"# + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
}
