extension Command {
  /// `run`: runs one coroutine to completion.
  package static let run = Command(
    "run", group: .lifeCycle, summary: "runs a coroutine and prints its value",
    meaning: "Runs one coroutine to completion on the runner and prints its value. Ctrl-C asks "
      + "it to end, a second one leaves it pending. With & the prompt returns at once: 'jobs' lists what runs so, 'fg' waits for it. "
      + "Until it ends its runner takes no other run and no Swift, not even a declaration; 'spawn' works, "
      + "and so does another runner.",
    arguments: [
      CommandArgument("[NAME]", .runner, count: 0...1, "The runner; else the one in use."),
      CommandArgument("EXPR", .expression, "Any Swift that has a value; await may be left out."),
    ],
    examples: ["run countdown(3)", "run main sleep(0.1)", "run countdown(3) &"],
    allowsBackground: true
  ) { context in
    try context.session.run(
      context.invocation.expression, on: context.runner,
      inBackground: context.invocation.isBackground)
  }
}
