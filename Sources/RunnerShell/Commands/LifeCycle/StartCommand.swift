private import RunnerCore

extension Command {
  /// `start`: keeps a runner's loop turning in the background.
  package static let start = Command(
    "start", group: .lifeCycle, summary: "keeps its loop turning in the background",
    meaning: "Initialises a runner and keeps its loop turning, so that its tasks go on while the "
      + "prompt is idle.",
    arguments: [CommandArgument("NAME", .runner, "The runner to start.")],
    examples: ["start main"]
  ) { context in
    let runner = try context.controller.startRunner(context.runner)
    context.session.runnerIsOpen(runner.name)
    context.note([StyledLine("\(context.visible(runner.name)): loop running")])
    return .ok
  }
}
