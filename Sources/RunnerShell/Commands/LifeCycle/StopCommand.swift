private import RunnerCore

extension Command {
  /// `stop`: lets a runner's loop stand still.
  package static let stop = Command(
    "stop", group: .lifeCycle, summary: "lets its loop stand still",
    meaning: "Undoes start: the loop stands still, and pending tasks with it, until start or run.",
    arguments: [CommandArgument("NAME", .runner, "The runner to stop.")],
    examples: ["stop main"]
  ) { context in
    let runner = try context.controller.stopRunner(context.runner)
    let name = context.visible(runner.name)
    if runner.activity == .idle {
      let pending = CountLine.counted(runner.liveTasks, "task")
      context.note([
        StyledLine("\(name): loop stands still \(context.spec.glyphs.dot) \(pending) pending")
      ])
    } else {
      context.note([
        StyledLine("\(name): the loop is inside a step and stands still after it", .warning)
      ])
    }
    return .ok
  }
}
