extension Command {
  /// `type`: the type of an expression.
  package static let type = Command(
    "type", group: .cells, summary: "tells the type of an expression",
    meaning: "Tells the type of an expression of Swift, which is compiled and not run.",
    arguments: [CommandArgument("EXPR", .swift, "Any expression of Swift.")],
    examples: ["type [1, 2].map { Double($0) }"]
  ) { context in
    try context.session.showType(of: context.invocation.expression)
    return .ok
  }
}
