extension RunnerInspector {
  /// Explains why a task does not go on.
  ///
  /// Of a runner with more than 10,000 tasks, the chain is followed beyond those for 100 tasks.
  ///
  /// - Throws: `RunnerError.notFound` when there is no such task.
  public func explanation(of id: TaskID) throws -> Explanation {
    let task = try task(id)
    guard task.ending == nil else {
      return Explanation(
        subject: .task(id), runner: task.runner, loop: .waiting,
        links: [Explanation.Link(task, .ended(task.ending))])
    }
    let facts = try facts(of: task.runner)
    // The listing is newer: the task may have gone on since.
    return facts.explanation(of: facts.graph.tasks[id] ?? task)
  }

  /// Explains what a runner does, or why it does nothing.
  ///
  /// - Throws: `RunnerError.notFound` when there is no such runner.
  public func explanation(ofRunner name: String) throws -> Explanation {
    try facts(of: name).explanation()
  }

  private func facts(of name: String) throws -> RunnerFacts {
    guard let runner = try runners().last(where: { $0.name == name }) else {
      throw RunnerError(.notFound, "There is no runner '\(name)'; 'runners' lists those there are.")
    }
    // A runner that is closed meanwhile has none any more.
    let loop = runner.phase == .initialized ? try? self.loop(of: name) : nil
    let listing = try tasks(
      TaskQuery(runner: name, includesToolTasks: true, limit: RunnerFacts.taskLimit))
    return RunnerFacts(runner: runner, loop: loop, listing: listing) { try? self.task($0) }
  }
}

extension Explanation.Reason {
  static func ended(_ ending: TaskEnding?) -> Self {
    ending.map { .ended($0) } ?? .unknown
  }
}

extension Explanation.Link {
  init(_ task: TaskSnapshot, _ reason: Explanation.Reason) {
    self.init(
      task: task.id, name: task.name, reason: reason, elapsed: task.wait?.elapsed,
      site: task.wait?.site, timeoutRemaining: task.wait?.timeoutRemaining)
  }
}
