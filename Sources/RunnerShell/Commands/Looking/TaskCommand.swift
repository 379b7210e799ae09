private import RunnerCore

extension Command {
  /// `task`: everything about one task.
  package static let task = Command(
    "task", group: .look, summary: "tells everything about one task",
    meaning: "Tells everything that is known about one task, live or recently ended: where it was "
      + "made and by whom, what it waits for and who waits for it, what it has done with its time, "
      + "and who asked it to end.",
    arguments: [CommandArgument("TASK", .task, "A number, or a name that is unique.")],
    examples: ["task 2", "task metro --json"], isLooking: true
  ) { context in
    let task = try context.tasks.resolve(context.words[0], includesEnded: true)
    let children = try TaskChildren(of: task, in: context.controller)
    try context.show(
      TaskDocument(task, children), TaskDetail.render(task, children, context.spec))
    return .ok
  }
}
