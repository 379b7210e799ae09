private import RunnerCore

extension Command {
  /// `tree`: who awaits whom.
  package static let tree = Command(
    "tree", group: .look, summary: "draws who awaits whom, and names cycles",
    meaning:
      "Draws the live tasks, each above those that it awaits and above the one that holds the "
      + "lock for which it waits. Of many siblings that look alike it draws three and counts the "
      + "others. A cycle is drawn, marked where it closes, and named; in a batch it ends the run "
      + "with status 5.",
    flags: [
      CommandFlag("all", .none, "Draws the tool's own tasks, too."),
      CommandFlag("each", .none, "Draws each task, also of many that look alike."),
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag("limit", .count, "How many tasks to draw, 500 unless told; 0 means all."),
    ],
    examples: ["tree", "tree --runner main --json"], isLooking: true
  ) { context in
    let listing = try context.controller.tasks(
      TaskQuery(
        runner: context.invocation.text("runner"),
        includesToolTasks: context.invocation.has("all"), limit: context.limit(500)))
    let graph = AwaitGraph(listing.tasks)
    var lines = TreeDrawing.render(
      graph, drawsEach: context.invocation.has("each"), context.spec)
    lines += CountLine.render(
      shown: listing.tasks.count, matching: listing.matching, total: listing.total, noun: "task",
      isFiltered: context.isFiltered)
    if listing.consistency == .sampled { lines.append(TaskTable.sampledNote) }
    try context.show(TreeDocument(graph, listing), lines)
    return graph.cycles.isEmpty ? .ok : .deadlock
  }
}
