private import RunnerCore

extension Command {
  /// `history`: recently ended tasks.
  package static let history = Command(
    "history", group: .look, summary: "lists ended tasks, and how each ended",
    meaning: "Lists recently ended tasks, the newest last: outcome, how long each lived, how many "
      + "steps it took, whether anyone has read its error, and who cancelled it. With --grep, or -g, "
      + "it lists instead what was typed at the prompt, in earlier sessions as well.",
    flags: [
      CommandFlag("state", .state(endedStates), "Only tasks that ended so."),
      CommandFlag("match", .pattern, "Only tasks with such names."),
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag(
        "grep", .text, "Lists inputs that contain a text; 'history -g fetch'.", letter: "g"),
      CommandFlag("limit", .count, "How many to show, 50 unless told; 0 shows all."),
    ],
    examples: ["history", "history --state failed --limit 10"], isLooking: true
  ) { context in
    let invocation = context.invocation
    if let text = invocation.text("grep") { return try showInputs(with: text, context) }
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

  private static func showInputs(
    with text: String, _ context: CommandContext
  ) throws -> ShellStatus {
    guard let history = context.session.inputs else { throw CommandError.noInputHistory }
    guard !context.writesJSON else { throw CommandError.inputsHaveNoJSON }
    let found = history.inputs(containing: text)
    let shown = found.suffix(context.limit(50) ?? found.count)
    let spec = context.spec
    let lines = shown.flatMap { input in
      input.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
        index, line in
        StyledLine((index == 0 ? "" : "  ") + VisibleText.line(String(line), spec))
      }
    }
    let count = CountLine.render(
      shown: shown.count, matching: found.count, total: history.count, noun: "input",
      isFiltered: true)
    context.show(lines + count)
    return .ok
  }

  private static let endedStates = TaskState.allCases.filter { !$0.isLive }.map(\.rawValue)
}
