/// The text of the line and the cursor in it, as they are at one moment; finds places to go to.
struct LineText: Hashable, Sendable {
  var scalars: [Unicode.Scalar]
  /// In scalars, from 0 to their count.
  var cursor: Int

  var string: String { Graphemes.string(scalars) }
  /// The text as it is handed over: without the codes of keys that a command such as vi's `r` took as characters.
  var input: String { Graphemes.string(scalars.filter { !(0x80..<0xA0).contains($0.value) }) }
  var isEmpty: Bool { scalars.isEmpty }
  var isCursorAtEnd: Bool { cursor == scalars.count }

  /// The place one whole character to the left.
  var previous: Int { cursor - Graphemes.length(in: scalars, before: cursor) }
  /// The place one whole character to the right.
  var next: Int { cursor + Graphemes.length(in: scalars, at: cursor) }

  /// The start of the cursor's line of text.
  var lineStart: Int {
    (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1
  }

  /// The end of the cursor's line of text.
  var lineEnd: Int {
    scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
  }

  /// The place behind the blanks that the cursor's line begins with.
  var indentationEnd: Int {
    let end = lineEnd
    return scalars[lineStart..<end].firstIndex { !Self.isBlank($0) } ?? end
  }

  var isLastLine: Bool { lineEnd == scalars.count }

  /// Where vi's cursor stands instead, which never stands behind a line that has characters.
  var lastPlace: Int { isCursorAtLineEnd && !isCursorAtLineStart ? previous : cursor }

  /// The place so many whole characters to the right, at most the end of the line.
  func going(right count: Int) -> Int {
    let end = lineEnd
    var text = self
    for _ in 0..<count {
      guard text.cursor < end else { break }
      text.cursor = min(text.next, end)
    }
    return text.cursor
  }

  /// The place so many whole characters to the left, at most the start of the line.
  func going(left count: Int) -> Int {
    let start = lineStart
    var text = self
    for _ in 0..<count {
      guard text.cursor > start else { break }
      text.cursor = max(text.previous, start)
    }
    return text.cursor
  }

  var isCursorAtLineStart: Bool { cursor == lineStart }
  var isCursorAtLineEnd: Bool { cursor == lineEnd }

  /// The same with the cursor so many lines further down, or further up for a negative number, as far as there are
  /// lines, and how many it went.
  func going(lines: Int) -> (text: LineText, lines: Int) {
    var text = self
    for gone in 0..<abs(lines) {
      guard let next = lines < 0 ? text.above : text.below else { return (text, gone) }
      text.cursor = next
    }
    return (text, abs(lines))
  }

  /// The same column in the line above; nil in the first.
  var above: Int? {
    let start = lineStart
    guard start > 0 else { return nil }
    let other = LineText(scalars: scalars, cursor: start - 1)
    return min(other.lineStart + cursor - start, start - 1)
  }

  /// The same column in the line below; nil in the last.
  var below: Int? {
    let end = lineEnd
    guard end < scalars.count else { return nil }
    let other = LineText(scalars: scalars, cursor: end + 1)
    return min(end + 1 + cursor - lineStart, other.lineEnd)
  }

  /// Whether only blanks stand before the cursor in its line.
  var isCursorInIndentation: Bool {
    scalars[lineStart..<cursor].allSatisfy(Self.isBlank)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
