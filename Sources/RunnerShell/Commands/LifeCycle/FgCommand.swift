private import RunnerCore

extension Command {
  /// `fg`: waits for a background run.
  package static let fg = Command(
    "fg", group: .lifeCycle, summary: "waits for a background run",
    sharedSummary: "list background runs; wait for one",
    meaning: "Waits for a background run as if it had been started without &. Ctrl-C gives the "
      + "prompt back and lets the run go on.",
    arguments: [CommandArgument("N", .job, "The number of the job.")],
    examples: ["fg 1"]
  ) { context in
    let word = context.words[0]
    guard let number = Int(word),
      let job = try context.controller.jobs().first(where: { $0.id == JobID(number) })
    else { throw CommandError.noJob(word) }
    return try context.session.follow(job)
  }
}
