private import RunnerCore

extension Command {
  /// `stop`: lets a runner's loop stand still.
  package static let stop = Command(
    "stop", group: .lifeCycle, summary: "lets its loop stand still",
    sharedSummary: "keep its loop turning; let it stand still",
    meaning: "Undoes start: the loop stands still, and pending tasks with it, until start or run.",
    arguments: [CommandArgument("NAME", .runner, "The runner to stop.")],
    examples: ["stop main"]
  ) { context in
    let runner = try context.controller.stopRunner(context.runner)
    let name = context.visible(runner.name)
    switch runner.activity {
    case .idle:
      let pending = CountLine.counted(runner.liveTasks, "task")
      let dot = context.spec.glyphs.dot
      context.note([StyledLine("\(name): loop stands still \(dot) \(pending) pending")])
    case .running, .closing:
      context.note([StyledLine("\(name): the loop stands still when \(busy(runner)) is over")])
    case .turning:
      context.note([
        StyledLine("\(name): the loop is inside a step and stands still after it", .warning)
      ])
    }
    return .ok
  }

  private static func busy(_ runner: RunnerSnapshot) -> String {
    guard runner.activity == .running else { return "close" }
    return runner.mainTask.map { "the run of task \($0)" } ?? "its run"
  }
}
