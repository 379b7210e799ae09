private import RunnerCore

extension Command {
  /// `new`: makes a runner without a loop.
  package static let new = Command(
    "new", group: .lifeCycle, summary: "makes a runner, without a loop yet",
    meaning: "Makes a runner in phase created. Its loop is made when it is first needed, as "
      + "asyncio.Runner does.",
    arguments: [CommandArgument("NAME", .newName, "The name of the new runner.")],
    flags: [
      CommandFlag("debug", .none, "Turns on the loop's debug mode."),
      CommandFlag("virtual", .none, "Gives it a clock that jumps to the next deadline."),
      CommandFlag("eager", .none, "Runs the first step of a task where it is made."),
      CommandFlag("deadline", .duration, "How long close waits for tasks that do not end."),
    ],
    examples: ["new work", "new lab --debug --deadline 5s"]
  ) { context in
    let invocation = context.invocation
    try RunnerName.check(context.runner)
    let runner = try context.controller.makeRunner(
      RunnerOptions(
        name: context.runner, isDebugging: invocation.has("debug"),
        usesVirtualTime: invocation.has("virtual"), startsTasksEagerly: invocation.has("eager"),
        closeDeadline: invocation.duration("deadline")))
    context.session.runnerIsOpen(runner.name)
    context.note([StyledLine("\(context.visible(runner.name)): created, no loop yet")])
    return .ok
  }
}
