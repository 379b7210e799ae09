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
    return lines.map { StyledLine($0) }
  }
}
