package import RunnerCore

/// What `top` wants to know: of many tasks no more than fit on a few screens.
package struct TopQuestion: Hashable, Sendable {
  package var query: TaskQuery
  /// The task that is looked at closely.
  package var detail: TaskID?
  /// How many runners are shown.
  package var runnerLimit: Int

  package init(query: TaskQuery, detail: TaskID? = nil, runnerLimit: Int = 8) {
    self.query = query
    self.detail = detail
    self.runnerLimit = runnerLimit
  }

  /// Asks an inspector, once for each thing.
  ///
  /// - Throws: What the inspector throws for the runner that was named, or when it is gone.
  package func answer(
    _ inspector: any RunnerInspector, _ clock: any SessionClock
  ) throws -> TopPicture {
    let listing = try inspector.tasks(query)
    let runners = try inspector.runners().filter { query.runner ?? $0.name == $0.name }
    var loops: [String: LoopSnapshot] = [:]
    for runner in runners.prefix(runnerLimit) where runner.phase == .initialized {
      // A loop may close between two looks.
      loops[runner.name] = try? inspector.loop(of: runner.name)
    }
    return TopPicture(
      question: self, runners: runners, loops: loops, listing: listing,
      detail: try detail.flatMap { try lookClosely(at: $0, inspector) }, takenAt: clock.now,
      timeOfDay: clock.timeOfDay)
  }

  private func lookClosely(
    at id: TaskID, _ inspector: any RunnerInspector
  ) throws -> TopPicture.Detail? {
    do {
      let task = try inspector.task(id)
      return TopPicture.Detail(task: task, children: try TaskChildren(of: task, in: inspector))
    } catch let error as RunnerError where error.code == .notFound {
      return nil
    }
  }
}
