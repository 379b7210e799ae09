package import RunnerCore

/// Draws contexts, and the difference of two.
package enum ContextRendering {
  package static func render(_ context: ContextSnapshot, _ spec: RenderSpec) -> [StyledLine] {
    variables(context, spec) + locals(context.locals, spec)
  }

  /// Swift's task-local variables, which are no part of the context.
  private static func locals(_ locals: [ContextSnapshot.Local], _ spec: RenderSpec) -> [StyledLine]
  {
    if locals.isEmpty { return [] }
    let rows = locals.map { local -> [Table.Cell] in
      [
        Table.Cell(VisibleText.excerpt(local.name, limit: 40, spec), style: .bold),
        Table.Cell(VisibleText.excerpt(local.value?.type ?? "", limit: 40, spec)),
        local.value.map { Table.Cell(VisibleText.line($0.text, spec)) }
          ?? Table.Cell("not read beside a step", style: .dim),
        Table.Cell(local.isInherited ? "inherited" : "", style: .dim),
      ]
    }
    let columns = [
      Table.Column("TASK-LOCAL"), Table.Column("TYPE", cutRank: 2),
      Table.Column("VALUE", cutRank: 1), Table.Column("", cutRank: 3),
    ]
    return Table(columns: columns, rows: rows).render(spec)
  }

  private static func variables(_ context: ContextSnapshot, _ spec: RenderSpec) -> [StyledLine] {
    guard !context.entries.isEmpty else {
      return LineWrapping.wrap(
        StyledLine("the context of \(name(context.owner, spec)) has no variable set"),
        columns: spec.width)
    }
    let rows = context.entries.sorted { $0.name < $1.name }.map { entry -> [Table.Cell] in
      [
        Table.Cell(VisibleText.excerpt(entry.name, limit: 40, spec), style: .bold),
        Table.Cell(VisibleText.excerpt(entry.value.type, limit: 40, spec)),
        Table.Cell(VisibleText.line(entry.value.text, spec)),
      ]
    }
    let columns = [
      Table.Column("VARIABLE"), Table.Column("TYPE", cutRank: 2), Table.Column("VALUE", cutRank: 1),
    ]
    let count = context.entries.count
    return Table(columns: columns, rows: rows).render(spec)
      + CountLine.render(
        shown: count, matching: count, total: count, noun: "variable", isFiltered: false)
  }

  package static func render(_ difference: ContextDifference, _ spec: RenderSpec) -> [StyledLine] {
    let (left, right) = (name(difference.left.owner, spec), name(difference.right.owner, spec))
    guard !difference.changes.isEmpty else {
      return LineWrapping.wrap(
        StyledLine(
          "\(left) and \(right) agree: \(CountLine.counted(difference.agreeing, "variable"))"),
        columns: spec.width)
    }
    let rows = difference.changes.map { change -> [Table.Cell] in
      [
        Table.Cell(VisibleText.excerpt(change.name, limit: 40, spec), style: .bold),
        cell(change.left, spec), cell(change.right, spec),
      ]
    }
    let columns = [
      Table.Column("VARIABLE"), Table.Column(left.uppercased(), cutRank: 1),
      Table.Column(right.uppercased(), cutRank: 2),
    ]
    let count = CountLine.counted(difference.changes.count, "variable")
    let differ = difference.changes.count == 1 ? "differs" : "differ"
    return Table(columns: columns, rows: rows).render(spec)
      + [StyledLine("\(count) \(differ), \(difference.agreeing) the same", .dim)]
  }

  private static func cell(_ value: ValueSnapshot?, _ spec: RenderSpec) -> Table.Cell {
    guard let value else { return Table.Cell("not set", style: .dim) }
    return Table.Cell(VisibleText.line(value.text, spec))
  }

  private static func name(_ owner: ContextSnapshot.Owner, _ spec: RenderSpec) -> String {
    switch owner {
    case .runner(let name): VisibleText.excerpt(name, spec)
    case .task(let id): "task \(id)"
    }
  }
}
