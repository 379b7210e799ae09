private import RunnerCore

extension Command {
  /// `cancel`: asks tasks to end and reports what came of it.
  package static let cancel = Command(
    "cancel", group: .lifeCycle, summary: "asks tasks to end, and reports",
    meaning: "Requests cancellation and waits for what comes of it, two seconds unless told "
      + "otherwise. A task that is still alive then is named with the place where it waits. Child "
      + "tasks that Swift made (async let, task groups) are cancelled with their task, not alone.",
    arguments: [
      CommandArgument("TASK...", .task, count: 0...1000, "Numbers, or names that are unique.")
    ],
    flags: [
      CommandFlag("tree", .none, "Cancels the tasks that they made, too."),
      CommandFlag("match", .pattern, "Cancels all live tasks with such names."),
      CommandFlag("message", .text, "The reason, kept with each request."),
      CommandFlag("within", .duration, "How long to wait for the tasks to end."),
    ],
    examples: ["cancel 2", "cancel metro --within 500ms", "cancel --match 'fetch*' --message done"]
  ) { context in
    let ids = try targets(context)
    try context.session.beginWait()
    var request = CancelRequest(
      tasks: ids, includesChildren: context.invocation.has("tree"),
      message: context.invocation.text("message"))
    if let limit = context.invocation.duration("within") { request.limit = limit }
    let outcomes = try context.session.showingProgress("cancelling") {
      try context.controller.cancel(request)
    }
    context.note(CancelRendering.lines(outcomes, context.spec))
    return status(outcomes, hasLimit: context.invocation.has("within"))
  }

  private static func targets(_ context: CommandContext) throws -> [TaskID] {
    var ids: [TaskID] = []
    for word in context.words { ids.append(try context.tasks.resolve(word).id) }
    if let pattern = context.invocation.text("match") {
      let found = try context.tasks.matching(pattern)
      // Children that Swift made end with their tasks.
      let own = found.filter { $0.role != .child }
      ids += (own.isEmpty ? found : own).map(\.id)
    }
    guard !ids.isEmpty else { throw CommandError.missingArgument(context.invocation.command) }
    var seen: Set<TaskID> = []
    return ids.filter { seen.insert($0).inserted }
  }

  private static func status(_ outcomes: [CancelOutcome], hasLimit: Bool) -> ShellStatus {
    let isLate = outcomes.contains { outcome in
      if case .ignored = outcome.result { return true }
      return hasLimit && outcome.result == .requestedOnly
    }
    return isLate ? .deadline : .ok
  }
}
