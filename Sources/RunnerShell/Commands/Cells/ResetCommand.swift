extension Command {
  /// `reset`: a session without declarations.
  package static let reset = Command(
    "reset", group: .cells, summary: "forgets all cells",
    sharedSummary: "run lost cells again; forget all cells",
    meaning: "Forgets all that cells have declared. Runners and tasks go on.",
    examples: ["reset"]
  ) { context in
    try context.session.forgetCells()
    return .ok
  }
}
