/// What an operator of vi's takes, worked out for a text of several lines, as a value.
struct ViChange: Hashable, Sendable {
  /// `d`, `c` or `y`.
  let operation: Unicode.Scalar
  /// The key of the motion; that of the operation stands for whole lines.
  let motion: Unicode.Scalar
  let count: Int

  struct Span: Hashable, Sendable {
    let range: Range<Int>
    /// The lines that are taken, without their last newline, where the motion is one of lines.
    var lines: ArraySlice<Unicode.Scalar>?
  }

  /// What is taken of a text; nil for a motion that is left to libedit.
  func span(in text: LineText) -> Span? {
    switch motion {
    case operation: return lines(text, text)
    case "j": return lines(text, text.going(lines: count).text)
    case "k": return lines(text.going(lines: -count).text, text)
    case "$": return Span(range: text.cursor..<text.lineEnd)
    case "0": return Span(range: text.lineStart..<text.cursor)
    case "^":
      let start = text.indentationEnd
      return Span(range: min(start, text.cursor)..<max(start, text.cursor))
    case "l", " ": return Span(range: text.cursor..<text.going(right: count))
    case "h": return Span(range: text.going(left: count)..<text.cursor)
    case "w", "W": return lastWord(text)
    default: return nil
    }
  }

  /// Whole lines, from that of the first cursor to that of the last, or `count` of them for `dd`.
  private func lines(_ first: LineText, _ last: LineText) -> Span {
    let end = (motion == operation ? last.going(lines: count - 1).text : last).lineEnd
    let start = first.lineStart
    let lines = first.scalars[start..<end]
    switch operation {
    case "c": return Span(range: min(first.indentationEnd, end)..<end, lines: lines)
    // The last line goes with the newline before it.
    case "d" where end == first.scalars.count:
      return Span(range: max(0, start - 1)..<end, lines: lines)
    default: return Span(range: start..<min(end + 1, first.scalars.count), lines: lines)
    }
  }

  /// The rest of a line whose last word is meant: libedit would go on into the next line.
  private func lastWord(_ text: LineText) -> Span? {
    let rest = text.scalars[text.cursor..<text.lineEnd]
    guard count == 1, text.lineEnd < text.scalars.count,
      let first = rest.first, !LineText.isBlank(first)
    else { return nil }
    let isPart = { motion == "W" || Self.isWord($0) == Self.isWord(first) }
    let word = rest.prefix { !LineText.isBlank($0) && isPart($0) }
    return rest[word.endIndex...].allSatisfy(LineText.isBlank)
      ? Span(range: text.cursor..<text.lineEnd) : nil
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
