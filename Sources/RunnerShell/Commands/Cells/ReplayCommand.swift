extension Command {
  /// `replay`: the cells that a worker took with it.
  package static let replay = Command(
    "replay", group: .cells, summary: "runs lost cells again",
    meaning:
      "After a crash, runs the cells again that had worked, in their order, with all that they "
      + "print, write and send. It says first which of them printed, and asks; cells that only declare "
      + "something need no question. It never happens by itself, and a batch ends with its worker.",
    flags: [CommandFlag("yes", .none, "Runs them without asking.")],
    examples: ["replay", "replay --yes"]
  ) { context in
    try context.session.replay(asks: !context.invocation.has("yes"))
  }
}
