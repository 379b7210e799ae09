private import RunnerCore

extension Command {
  /// `history`: recently ended tasks.
  package static let history = Command(
    "history", group: .look, summary: "lists ended tasks, and how each ended",
    meaning: "Lists recently ended tasks, the newest last: outcome, how long each lived, how many "
      + "steps it took, whether anyone has read its error, and who cancelled it. The lines that were "
      + "typed are another list, in which earlier sessions are, too: 'history -g' shows the last 20 of them, "
      + "'history -g TEXT' those with a text; -g is short for --grep.",
    flags: [
      CommandFlag("state", .state(endedStates), "Only tasks that ended so."),
      CommandFlag("match", .pattern, "Only tasks with such names."),
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag(
        "grep", .text, "Lists typed lines: those that contain a text, or the last.", letter: "g",
        absentValue: ""),
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
    let isPlain = invocation.values.isEmpty && !context.writesJSON && !context.isRepeated
    if isPlain, context.session.inputs != nil {
      context.note([StyledLine("typed lines: history -g TEXT", .dim)])
    }
    return .ok
  }

  private static func showInputs(
    with text: String, _ context: CommandContext
  ) throws -> ShellStatus {
    guard let history = context.session.inputs else { throw CommandError.noInputHistory }
    guard !context.writesJSON else { throw CommandError.inputsHaveNoJSON }
    let found = history.inputs(containing: text)
    let shown = found.suffix(context.limit(text.isEmpty ? 20 : 50) ?? found.count)
    // Of all inputs each has a number; of some the numbers would say nothing.
    let width = text.isEmpty ? String(found.count).count : 0
    let lines = zip(shown.indices, shown).flatMap { index, input in
      Self.lines(input, number: text.isEmpty ? index + 1 : nil, width, context.spec)
    }
    let count = CountLine.render(
      shown: shown.count, matching: found.count, total: history.count, noun: "input",
      isFiltered: !text.isEmpty)
    context.show(lines + count)
    return .ok
  }

  /// Returns an input, with its number where it has one; its later lines are indented.
  private static func lines(
    _ input: String, number: Int?, _ width: Int, _ spec: RenderSpec
  ) -> [StyledLine] {
    let digits =
      number.map { String(repeating: " ", count: width - "\($0)".count) + "\($0)  " } ?? ""
    let blanks = String(repeating: " ", count: digits.count)
    let lines = input.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.enumerated().map { index, line in
      let text = StyledText(VisibleText.line(line, spec))
      let head = index == 0 ? digits : blanks + "  "
      return head.isEmpty ? StyledLine([text]) : StyledLine([StyledText(head, .dim), text])
    }
  }

  private static let endedStates = TaskState.allCases.filter { !$0.isLive }.map(\.rawValue)
}
