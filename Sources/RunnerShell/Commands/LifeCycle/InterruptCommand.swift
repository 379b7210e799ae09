private import RunnerCore

extension Command {
  /// `interrupt`: what one Ctrl-C does.
  package static let interrupt = Command(
    "interrupt", group: .lifeCycle, summary: "does what one Ctrl-C does to a runner",
    meaning: "The first one asks the coroutine of run to end, the second lets run return with "
      + "its task still pending; a close that is under way skips the rest.",
    arguments: [CommandArgument("NAME", .runner, "The runner to interrupt.")],
    examples: ["interrupt main"]
  ) { context in
    let text =
      switch try context.controller.interrupt(context.runner) {
      case .cancelRequested(let task): "cancellation of task \(task) is requested"
      case .runAborted(let task): "run is aborted, task \(task) is still pending"
      case .closeAborted: "close is cut short"
      case .nothingRunning: "nothing is running"
      }
    context.note([StyledLine("\(context.visible(context.runner)): \(text)")])
    return .ok
  }
}
