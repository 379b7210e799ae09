private import RunnerCore

extension Command {
  /// `context`: the variables of a context.
  package static let context = Command(
    "context", group: .look, summary: "lists context variables, or compares two",
    meaning: "Lists the context variables of the runner in use or of a task; with 'vs', what two "
      + "tasks do not agree on.",
    arguments: [
      CommandArgument("[TASK [vs TASK]]", .task, count: 0...3, "Whose context; else the runner's.")
    ],
    examples: ["context", "context 2", "context 2 vs 3"], isLooking: true
  ) { context in
    let words = context.words
    if words.count == 3 && words[1] == "vs" {
      let difference = ContextDifference(
        try ofTask(words[0], context), try ofTask(words[2], context))
      try context.show(
        ContextDocument(difference), ContextRendering.render(difference, context.spec))
      return .ok
    }
    guard words.count < 2 else {
      throw CommandError.tooManyArguments(context.invocation.command, words[1])
    }
    let snapshot =
      try words.first.map { try ofTask($0, context) }
      ?? context.controller.context(of: .runner(context.session.currentRunner))
    try context.show(ContextDocument(snapshot), ContextRendering.render(snapshot, context.spec))
    return .ok
  }

  private static func ofTask(_ word: String, _ context: CommandContext) throws -> ContextSnapshot {
    try context.controller.context(of: .task(context.tasks.resolve(word, includesEnded: true).id))
  }
}
