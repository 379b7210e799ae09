private import RunnerCore

extension Command {
  /// `where`: the stack of one task.
  package static let `where` = Command(
    "where", group: .look, summary: "shows a task's stack, down to the line",
    sharedSummary: "tell all about a task; show its stack",
    meaning:
      "Shows where a task is: the functions it is in, the innermost first, each with its line; "
      + "of a running task, what its thread was doing when it was looked at. Functions of Swift's "
      + "and of the library's own are counted, not shown.",
    arguments: [CommandArgument("TASK", .task, "A number, or a name that is unique.")],
    flags: [CommandFlag("all-frames", .none, "Shows the folded functions, too.")],
    examples: ["where 2", "where metro --all-frames"], isLooking: true
  ) { context in
    let task = try context.tasks.resolve(context.words[0], includesEnded: true)
    let stack = try context.controller.stack(of: task.id)
    let showsAll = context.invocation.has("all-frames")
    try context.show(
      WhereDocument(stack),
      StackRendering.render(
        stack, showsAll: showsAll,
        sources: CellSources(session: context.session, files: context.session.sources), context.spec
      ))
    return .ok
  }
}
