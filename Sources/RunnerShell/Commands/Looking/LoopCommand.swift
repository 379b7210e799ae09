private import RunnerCore

extension Command {
  /// `loop`: everything about one loop.
  package static let loop = Command(
    "loop", group: .look, summary: "tells what a loop is doing",
    meaning: "Tells everything about a runner's loop: what it executes or waits for, its timers, "
      + "its descriptors and who waits for them, its threads, how busy it is, how long its steps "
      + "take and which were slow. It answers while the loop is blocked, too.",
    arguments: [
      CommandArgument("[NAME]", .runner, count: 0...1, "The runner; else the one in use.")
    ],
    examples: ["loop", "loop main --json"], isLooking: true
  ) { context in
    let loop = try context.controller.loop(of: context.runner)
    let stepTask = loop.step?.task.flatMap { try? context.controller.task($0) }
    try context.show(
      LoopDocument(loop), LoopRendering.render(loop, stepTask: stepTask, context.spec))
    return .ok
  }
}
