private import RunnerCore

extension Command {
  /// `spawn`: makes a task and returns at once.
  package static let spawn = Command(
    "spawn", group: .lifeCycle, summary: "makes a task and returns at once",
    meaning: "Makes a task on the runner. It makes progress whenever the loop turns: see start "
      + "and run.",
    arguments: [
      CommandArgument("[NAME]", .runner, count: 0...1, "The runner; else the one in use."),
      CommandArgument("EXPR", .expression, "Any Swift that has a value; await may be left out."),
    ],
    flags: [CommandFlag("name", .text, "The name of the task.")],
    examples: ["spawn ticker(every: 0.5) --name metro", "spawn main sleep(3)"]
  ) { context in
    if let name = context.invocation.text("name"), UInt64(name) != nil {
      throw CommandError.numericName(name)
    }
    let task = try context.session.showingProgress {
      try context.controller.spawn(
        context.invocation.expression, on: context.runner, named: context.invocation.text("name"))
    }
    context.session.runnerIsOpen(task.runner)
    context.show([StyledLine(TaskName.full(task, context.spec))])
    return .ok
  }
}
