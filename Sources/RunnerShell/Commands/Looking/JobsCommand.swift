private import RunnerCore

extension Command {
  /// `jobs`: background runs.
  package static let jobs = Command(
    "jobs", group: .lifeCycle, summary: "lists background runs",
    meaning: "Lists the runs that are still going on; --all adds those that have ended.",
    flags: [CommandFlag("all", .none, "Lists ended ones, too.")],
    examples: ["jobs", "jobs --all"], isLooking: true
  ) { context in
    let all = try context.controller.jobs()
    let jobs = context.invocation.has("all") ? all : all.filter { $0.state == .running }
    try context.show(
      JobsDocument(jobs), JobTable.render(jobs, total: jobs.count, context.spec))
    return .ok
  }
}
