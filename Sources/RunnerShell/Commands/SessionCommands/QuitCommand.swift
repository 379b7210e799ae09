extension Command {
  /// `quit`: what Ctrl-D does.
  package static let quit = Command(
    "quit", group: .session, summary: "closes the runners and leaves",
    sharedSummary: "list or explain commands; close and leave",
    meaning: "Closes all runners, says in one line what came of it, and leaves.",
    examples: ["quit"]
  ) { context in
    context.session.leave()
  }
}
