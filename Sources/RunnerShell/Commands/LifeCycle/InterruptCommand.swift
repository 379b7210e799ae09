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
    // The end of the run is told behind what brought it about.
    context.session.transition {
      $0.willStart()
      return []
    }
    let outcome = try context.controller.interrupt(context.runner)
    let text =
      switch outcome {
      case .cancelRequested(let task): "cancellation of task \(task) is requested"
      case .runAborted(let task): "run is aborted, task \(task) is still pending"
      case .closeAborted: "close is cut short"
      case .nothingRunning: "nothing is running"
      }
    let obstacle = obstacle(to: outcome, context) ?? ""
    context.note([StyledLine("\(context.visible(context.runner)): \(text)\(obstacle)")])
    return .ok
  }

  /// What a loop that is blocked makes of an interrupt.
  private static func obstacle(
    to outcome: InterruptOutcome, _ context: CommandContext
  ) -> String? {
    guard let explanation = try? context.controller.explanation(ofRunner: context.runner),
      case .blocked(let step, let name) = explanation.loop
    else { return nil }
    let blocked =
      "its loop is blocked for \(DurationStyle.sentence(step.elapsed, context.spec)) in "
      + LoopStateRendering.blocker(step, name, context.spec)
    switch outcome {
    case .cancelRequested, .runAborted, .closeAborted:
      return ", and that takes effect when the loop comes back: \(blocked)"
    case .nothingRunning:
      guard let task = step.task else { return " that an interrupt could end, but \(blocked)" }
      return " that an interrupt could end, but \(blocked); 'cancel \(task)' asks that task to end"
        + " when it comes back"
    }
  }
}
