extension Command {
  /// `replay`: the cells that a worker took with it.
  package static let replay = Command(
    "replay", group: .cells, summary: "runs lost cells again",
    meaning:
      "After a crash, runs the cells again that had worked, in their order, with all that they "
      + "print, write and send. It never happens by itself.",
    examples: ["replay"]
  ) { context in
    try context.session.replay()
  }
}
