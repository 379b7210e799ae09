internal import RunnerShell

/// The candidates below the line, and which of them stands in it.
struct CompletionMenu: Sendable {
  private static let mostRows = 10
  private static let gap = 2

  let candidates: [LineCompletions.Candidate]
  /// Where the replaced word begins, in scalars of the text.
  let start: Int
  private(set) var selected: Int?

  init(_ completions: LineCompletions) {
    candidates = completions.candidates
    start = completions.start
  }

  /// Chooses the next (+1) or previous (-1) candidate, around the ends; returns its text.
  mutating func step(_ offset: Int) -> String {
    let next = selected.map { $0 + offset } ?? (offset > 0 ? 0 : candidates.count - 1)
    let index = (next + candidates.count) % candidates.count
    selected = index
    return candidates[index].text
  }

  /// What all candidates begin with.
  var commonPrefix: String {
    guard var prefix = candidates.first?.text else { return "" }
    for candidate in candidates.dropFirst() {
      while !candidate.text.hasPrefix(prefix) { prefix.removeLast() }
    }
    return prefix
  }

  /// The rows to be shown: columns of words, or a word and its note in each row.
  func rows(columns: Int, lines: Int, palette: Palette) -> [[PaintedText]] {
    let widest = candidates.map { Glyph.width(of: $0.text) }.max() ?? 0
    let hasNotes = candidates.contains { !$0.note.isEmpty }
    // Without styles a mark in front shows the chosen one.
    let cell = widest + Self.gap
    let perRow = hasNotes ? 1 : max(1, (columns - 1) / cell)
    let count = (candidates.count + perRow - 1) / perRow
    let room = max(1, min(Self.mostRows, lines - 4))
    let first = max(0, min((selected ?? 0) / perRow - room / 2, count - room))
    var rows: [[PaintedText]] = []
    for row in first..<min(count, first + room) {
      let members = (row * perRow)..<min(candidates.count, (row + 1) * perRow)
      rows.append(
        members.flatMap { index in
          let isLast = index == members.upperBound - 1 && !hasNotes
          return paint(index, width: isLast ? nil : widest, palette)
        })
    }
    if count > room {
      rows.append([
        PaintedText("\(palette.ellipsis) \(candidates.count) candidates", sgr: palette.dim)
      ])
    }
    return rows
  }

  /// Paints a candidate; `width` is that of its column, nil at the end of a row.
  private func paint(_ index: Int, width: Int?, _ palette: Palette) -> [PaintedText] {
    let candidate = candidates[index]
    let isSelected = index == selected
    let mark = isSelected && !palette.usesStyles ? "<" : ""
    let padding = width.map { $0 - Glyph.width(of: candidate.text) + Self.gap - mark.count } ?? 0
    let blanks = String(repeating: " ", count: padding)
    let word = PaintedText(candidate.text, sgr: isSelected ? palette.selection : "")
    let note = PaintedText(candidate.note, sgr: palette.dim)
    return [word, PaintedText(mark + blanks), note]
  }
}
