private import RunnerCore

extension Command {
  /// `wait`: waits for a task.
  package static let wait = Command(
    "wait", group: .lifeCycle, summary: "waits until a task has ended",
    meaning: "Waits until a task has ended, and prints its value. Ctrl-C gives the prompt back "
      + "and lets the task go on.",
    arguments: [CommandArgument("TASK", .task, "A number, or a name that is unique.")],
    flags: [CommandFlag("limit", .duration, "How long to wait.")],
    examples: ["wait 2", "wait metro --limit 2s"]
  ) { context in
    let task = try context.tasks.resolve(context.words[0], includesEnded: true)
    if task.state.isLive, try context.runnerSnapshot(task.runner).activity == .idle {
      throw CommandError.standingStill(task)
    }
    let limit = context.invocation.duration("limit")
    try context.session.beginWait(on: limit == nil && task.state.isLive ? task.runner : nil)
    guard task.state.isLive else { return show(task, after: limit, context) }
    let name = TaskName.full(task, context.spec)
    do {
      let seen = try context.session.showingProgress("waiting for \(name)") {
        try context.controller.wait(for: task.id, limit: limit)
      }
      return show(seen, after: limit, context)
    } catch let error as RunnerError
      where error.code == .abandoned && context.session.verdict == nil
    {
      context.session.writeError("interrupted: \(name) goes on")
      return .interrupted
    }
  }

  private static func show(
    _ task: TaskSnapshot, after limit: Duration?, _ context: CommandContext
  ) -> ShellStatus {
    let name = TaskName.full(task, context.spec)
    switch task.ending?.outcome {
    case nil:
      let time = DurationStyle.sentence(limit ?? .zero, context.spec)
      let place = CancelRendering.whereabouts(task, context.spec)
      context.session.writeError("\(name) has not ended within \(time), \(place)")
      return .deadline
    case .returned(let value):
      let isBare = context.session.settings.isBatch
      if let value { context.show(ValueRendering.result(value, isBare: isBare, context.spec)) }
      context.note([StyledLine("\(name) returned")])
      return .ok
    case .failed(let error):
      context.session.writeError("\(name) failed, \(ValueRendering.error(error))")
      return .failed
    case .cancelled:
      context.session.writeError("\(name) was cancelled")
      return .failed
    }
  }
}
