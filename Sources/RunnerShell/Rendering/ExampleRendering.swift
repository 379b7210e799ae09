/// Writes the built-in coroutines.
package enum ExampleRendering {
  package static func list(_ entries: [CoroutineEntry], _ spec: RenderSpec) -> [StyledLine] {
    let columns = [Table.Column("COROUTINE"), Table.Column("WHAT IT DOES", cutRank: 1)]
    let rows = entries.map {
      [
        Table.Cell(VisibleText.line($0.signature, spec), style: .bold),
        Table.Cell(VisibleText.line($0.summary, spec)),
      ]
    }
    let count = CountLine.render(
      shown: entries.count, matching: entries.count, total: entries.count, noun: "coroutine",
      isFiltered: false)
    guard !rows.isEmpty else { return count }
    let table = Table(columns: columns, rows: rows)
    let isWhole = table.render(RenderSpec()).allSatisfy {
      DisplayWidth.of($0.plain) <= spec.width ?? .max
    }
    let texts = rows.map { (label: $0[0].text, text: $0[1].text) }
    return (isWhole ? table.render(spec) : LabelledText(texts, indent: 0).render(spec)) + count
  }

  package static func source(_ entry: CoroutineEntry, _ spec: RenderSpec) -> [StyledLine] {
    var lines = VisibleText.lines(entry.source, spec)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.flatMap { wrapped($0, spec) }
  }

  /// Breaks a line of source between words; what follows a break stands below it, in a remark as remark.
  private static func wrapped(_ line: String, _ spec: RenderSpec) -> [StyledLine] {
    guard let width = spec.width, DisplayWidth.of(line) > width else { return [StyledLine(line)] }
    let blanks = String(line.prefix { $0 == " " })
    let text = String(line.dropFirst(blanks.count))
    let sign = ["/// ", "// "].first { text.hasPrefix($0) }
    let next = blanks + (sign ?? "    ")
    let columns = max(10, width - DisplayWidth.of(next))
    let pieces = LineWrapping.wrap(
      StyledLine(String(text.dropFirst(sign?.count ?? 0))), columns: columns)
    return pieces.enumerated().map { index, piece in
      StyledLine((index == 0 ? blanks + (sign ?? "") : next) + piece.plain)
    }
  }
}
