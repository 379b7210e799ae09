private import RunnerCore

extension Command {
  /// `runners`: all runners with phase and counts.
  package static let runners = Command(
    "runners", group: .lifeCycle, summary: "lists all runners with their phase",
    meaning: "Lists all runners, in the order in which they were made.",
    examples: ["runners", "runners --json"], isLooking: true
  ) { context in
    let runners = try context.controller.runners()
    let current = context.session.currentRunner
    try context.show(
      RunnersDocument(runners, current: current),
      RunnerTable.render(runners, current: current, context.spec))
    return .ok
  }
}
