private import RunnerCore

extension Command {
  /// `fg`: waits for a background run.
  package static let fg = Command(
    "fg", group: .lifeCycle, summary: "waits for a background run",
    sharedSummary: "list background runs; wait for one",
    meaning: "Waits for a background run as if it had been started without &. Ctrl-C gives the "
      + "prompt back and lets the run go on. Runs and cells are numbered together: a run has the number "
      + "that it was announced with, and that 'jobs' lists.",
    arguments: [
      CommandArgument(
        "[N]", .job, count: 0...1, "The number of the job; else the newest that runs.")
    ],
    examples: ["fg", "fg 1"]
  ) { context in
    let jobs = try context.controller.jobs()
    let running = jobs.filter { $0.state == .running }
    guard let word = context.words.first else {
      guard let job = running.last else { throw CommandError.noBackgroundRun }
      return try context.session.follow(job)
    }
    guard let number = Int(word), let job = jobs.first(where: { $0.id == JobID(number) }) else {
      throw CommandError.noJob(word, running: running.map(\.id))
    }
    return try context.session.follow(job)
  }
}
