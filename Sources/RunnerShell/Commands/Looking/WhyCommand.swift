private import RunnerCore

extension Command {
  /// `why`: why nothing happens.
  package static let why = Command(
    "why", group: .look, summary: "says why a task or the runner waits",
    sharedSummary: "draw who awaits whom; say why one waits",
    meaning:
      "Says in one sentence why a task does not go on or, without a task, what the runner in "
      + "use is doing: what it waits for, whom that waits for, and so on to the end. It names "
      + "deadlocks, loops that are blocked or that nobody runs, and tasks that nothing can wake. A "
      + "deadlock, or a run that nothing can end, ends a batch with status 5.",
    arguments: [
      CommandArgument("[TASK]", .task, count: 0...1, "The task; else the runner in use.")
    ],
    flags: [CommandFlag("runner", .runner, "This runner, and no task.")],
    examples: ["why", "why 2", "why --runner main --json"], isLooking: true
  ) { context in
    let explanation: Explanation
    if let word = context.words.first {
      guard !context.invocation.has("runner") else {
        throw CommandError(.usage, "'why' explains a task or a runner, not both at once.")
      }
      let task = try context.tasks.resolve(word, includesEnded: true)
      explanation = try context.controller.explanation(of: task.id)
    } else {
      let runner = context.invocation.text("runner") ?? context.session.currentRunner
      _ = try context.runnerSnapshot(runner)
      explanation = try context.controller.explanation(ofRunner: runner)
    }
    let isRun = try context.runnerSnapshot(explanation.runner).mainTask != nil
    try context.show(
      WhyDocument(explanation, context.spec),
      ExplanationRendering.render(explanation, context.spec))
    return explanation.cycle != nil || (explanation.loop == .stalled && isRun) ? .deadlock : .ok
  }
}
