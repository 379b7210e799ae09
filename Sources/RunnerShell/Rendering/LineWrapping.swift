/// Breaks sentences between words, so that a terminal does not break them inside of one.
package enum LineWrapping {
  /// Returns the line in pieces of so many columns at most; only a longer word exceeds them.
  package static func wrap(_ line: StyledLine, columns: Int?) -> [StyledLine] {
    guard let columns, DisplayWidth.of(line.plain) > columns else { return [line] }
    var lines: [StyledLine] = []
    var current = StyledLine([])
    var used = 0
    for word in words(of: line) {
      let width = DisplayWidth.of(word.plain)
      if !current.runs.isEmpty, used + 1 + width > columns {
        lines.append(StyledLine(joined(current.runs)))
        current = word
        used = width
      } else {
        if !current.runs.isEmpty {
          current.runs.append(StyledText(" ", word.runs.first?.style ?? .plain))
          used += 1
        }
        current.runs += word.runs
        used += width
      }
    }
    return lines + [StyledLine(joined(current.runs))]
  }

  /// Returns the line in such pieces, with blanks before the first and more before the others; of a word
  /// that has no room the end is cut off.
  package static func wrap(
    _ line: StyledLine, indent: Int, hanging: Int, _ spec: RenderSpec
  ) -> [StyledLine] {
    let room = spec.width.map { max(10, $0 - hanging) }
    return wrap(line, columns: room).enumerated().map { index, piece in
      let blanks = String(repeating: " ", count: index == 0 ? indent : hanging)
      return StyledLine([StyledText(blanks)] + cut(piece, columns: room, spec).runs)
    }
  }

  private static func cut(
    _ line: StyledLine, columns: Int?, _ spec: RenderSpec
  ) -> StyledLine {
    guard let columns, DisplayWidth.of(line.plain) > columns else { return line }
    var room = columns - DisplayWidth.of(spec.glyphs.ellipsis)
    var runs: [StyledText] = []
    for run in line.runs {
      let part = DisplayWidth.prefix(of: run.text, columns: room)
      runs.append(StyledText(part, run.style))
      room -= DisplayWidth.of(part)
      if part.utf8.count < run.text.utf8.count { break }
    }
    return StyledLine(runs + [StyledText(spec.glyphs.ellipsis, runs.last?.style ?? .plain)])
  }

  /// Returns the runs with neighbours of one style made one.
  private static func joined(_ runs: [StyledText]) -> [StyledText] {
    runs.reduce(into: []) { result, run in
      if let last = result.last, last.style == run.style {
        result[result.count - 1].text += run.text
      } else {
        result.append(run)
      }
    }
  }

  /// Cuts a line at its blanks; a word can change its style inside.
  private static func words(of line: StyledLine) -> [StyledLine] {
    var words = [StyledLine([])]
    for run in line.runs {
      let pieces = run.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { words.append(StyledLine([])) }
        if !piece.isEmpty {
          words[words.count - 1].runs.append(StyledText(String(piece), run.style))
        }
      }
    }
    return words
  }
}
