private import RunnerCore

extension Command {
  /// `history`: recently ended tasks.
  package static let history = Command(
    "history", group: .look, summary: "lists ended tasks, and how each ended",
    meaning: "Lists recently ended tasks, the newest last: outcome, how long each lived, how many "
      + "steps it took, whether anyone has read its error, and who cancelled it.",
    flags: [
      CommandFlag("state", .state(endedStates), "Only tasks that ended so."),
      CommandFlag("match", .pattern, "Only tasks with such names."),
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag("limit", .count, "How many to show, 50 unless told; 0 shows all."),
    ],
    examples: ["history", "history --state failed --limit 10"], isLooking: true
  ) { context in
    let invocation = context.invocation
    let listing = try context.controller.history(
      TaskQuery(
        runner: invocation.text("runner"),
        states: invocation.text("state").flatMap(TaskState.init).map { [$0] },
        namePattern: invocation.text("match"), limit: context.limit(50)))
    try context.show(
      TaskListDocument(command: "history", listing),
      HistoryTable.render(listing, isFiltered: context.isFiltered, context.spec))
    return .ok
  }

  private static let endedStates = TaskState.allCases.filter { !$0.isLive }.map(\.rawValue)
}
