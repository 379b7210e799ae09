extension Command {
  /// `load`: a file as if it had been typed.
  package static let load = Command(
    "load", group: .cells, summary: "runs a file of Swift and commands",
    meaning:
      "Runs a file: what stands between its lines that begin with //: is a cell of Swift, and "
      + "those lines are commands. It stops at the first error.",
    arguments: [CommandArgument("FILE", .file, "The path of a text file.")],
    examples: ["load session.swift"]
  ) { context in
    try context.session.load(context.words[0])
  }
}
