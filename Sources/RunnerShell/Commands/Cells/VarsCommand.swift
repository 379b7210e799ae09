private import RunnerCore

extension Command {
  /// `vars`: the variables of the cells.
  package static let vars = Command(
    "vars", group: .cells, summary: "lists variables",
    sharedSummary: "tell an expression's type; list variables",
    meaning: "Lists the variables that cells have declared, with their types and values.",
    examples: ["vars"], isLooking: true
  ) { context in
    let variables = try context.controller.variables(on: context.session.currentRunner)
    let lines = variables.flatMap { CellRendering.binding($0, context.spec) }
    try context.show(
      VarsDocument(variables),
      lines
        + CountLine.render(
          shown: variables.count, matching: variables.count, total: variables.count,
          noun: "variable", isFiltered: false))
    return .ok
  }
}
