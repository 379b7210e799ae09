private import RunnerCore

extension Command {
  /// `ps`: the live tasks.
  package static let ps = Command(
    "ps", group: .look, summary: "lists live tasks, and what each waits for",
    meaning: "Lists the live tasks of all runners: what each waits for, how long, at which line. "
      + "It shows 50 unless told otherwise, and says how many there are.",
    flags: [
      CommandFlag("all", .none, "Lists the tool's own tasks, too."),
      CommandFlag("state", .state(liveStates), "Only tasks in this state."),
      CommandFlag("match", .pattern, "Only tasks with such names."),
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag("sort", .order(TaskQuery.Order.allCases.map(\.rawValue)), "The order."),
      CommandFlag("limit", .count, "How many to show; 0 shows all."),
    ],
    examples: ["ps", "ps --state suspended --sort age", "ps --match 'fetch*' --json"],
    isLooking: true
  ) { context in
    let invocation = context.invocation
    let query = TaskQuery(
      runner: invocation.text("runner"),
      states: invocation.text("state").flatMap(TaskState.init).map { [$0] },
      namePattern: invocation.text("match"), includesToolTasks: invocation.has("all"),
      order: invocation.text("sort").flatMap(TaskQuery.Order.init) ?? .id,
      limit: context.limit(50), includesParts: invocation.has("all"))
    let listing = try context.controller.tasks(query)
    try context.show(
      TaskListDocument(command: "ps", listing),
      TaskTable.render(
        listing, steps: context.steps(of: listing.tasks), isFiltered: context.isFiltered,
        context.spec))
    return .ok
  }

  private static let liveStates = TaskState.allCases.filter(\.isLive).map(\.rawValue)
}

extension CommandContext {
  /// Returns the steps that the running ones among some tasks are inside of.
  fileprivate func steps(of tasks: [TaskSnapshot]) -> [TaskID: LoopSnapshot.Step] {
    let runners = Set(tasks.filter { $0.state == .running }.map(\.runner))
    let steps = runners.compactMap { try? controller.loop(of: $0).step }
    return steps.reduce(into: [:]) { result, step in
      if let task = step.task { result[task] = step }
    }
  }

  /// Returns the limit that was asked for, or the usual one; zero means all.
  func limit(_ usual: Int) -> Int? {
    let count = invocation.count("limit") ?? usual
    return count == 0 ? nil : count
  }

  /// Whether the listing was asked for a part of what there is.
  var isFiltered: Bool {
    ["state", "match", "runner"].contains(where: invocation.has)
  }
}
