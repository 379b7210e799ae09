extension Command {
  /// `save`: the cells as a file.
  package static let save = Command(
    "save", group: .cells, summary: "writes the cells that worked to a file",
    sharedSummary: "run a file; write the cells to one",
    meaning:
      "Writes the cells that worked to a file that load, or runner-repl -f, runs again; with "
      + "--plain to one that swiftc compiles against RunnerCore.",
    arguments: [
      CommandArgument("FILE", .file, "The path of the file; one that is there is replaced.")
    ],
    flags: [
      CommandFlag(
        "plain", .none,
        "Writes a file for swiftc; what ran here is a run of a runner.")
    ],
    examples: ["save session.swift", "save main.swift --plain"]
  ) { context in
    let count = try context.session.save(
      to: context.words[0], isPlain: context.invocation.has("plain"))
    context.note([
      "saved \(CountLine.counted(count, "cell")) to \(context.visible(context.words[0]))"
    ])
    let failed = context.session.withBook(\.failedDeclarations)
    if failed > 0 {
      context.note([
        StyledLine(
          "left out: \(CountLine.counted(failed, "cell")) that did not come to an end; names from there"
            + " are missing in the file", .warning)
      ])
    }
    return .ok
  }
}
