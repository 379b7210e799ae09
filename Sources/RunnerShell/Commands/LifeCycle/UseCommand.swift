private import RunnerCore

extension Command {
  /// `use`: chooses the runner that commands mean when they name none.
  package static let use = Command(
    "use", group: .lifeCycle, summary: "makes it the one that commands mean",
    sharedSummary: "list runners; choose the one meant",
    meaning: "Chooses the runner that other commands mean when they name none; the prompt shows "
      + "it.",
    arguments: [CommandArgument("NAME", .runner, "The runner to use.")],
    examples: ["use main"]
  ) { context in
    let runner = try context.runnerSnapshot(context.runner)
    if runner.phase == .closed { throw CommandError.closedRunner(runner.name) }
    context.session.use(runner.name)
    context.note([StyledLine("\(context.visible(runner.name)): in use")])
    return .ok
  }
}
