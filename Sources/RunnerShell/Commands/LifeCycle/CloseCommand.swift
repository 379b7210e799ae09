private import RunnerCore

extension Command {
  /// `close`: cancels and awaits what is left, and closes the runner.
  package static let close = Command(
    "close", group: .lifeCycle, summary: "ends its tasks, closes it, and reports",
    meaning: "Cancels and awaits all tasks that are left, closes the loop and reports. Tasks "
      + "that do not end before the deadline are named with the place where they wait.",
    arguments: [CommandArgument("NAME", .runner, "The runner to close.")],
    flags: [CommandFlag("deadline", .duration, "How long to wait for tasks that do not end.")],
    examples: ["close main", "close main --deadline 5s"]
  ) { context in
    let runner = try context.runnerSnapshot(context.runner)
    let report = try context.session.close(
      runner.name, deadline: context.invocation.duration("deadline"))
    context.note(CloseRendering.report(report, of: runner, context.spec))
    if !report.refusedTasks.isEmpty { return .deadline }
    return report.wasInterrupted ? .interrupted : .ok
  }
}
