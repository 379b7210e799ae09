private import RunnerCore

extension Session {
  /// Counts for the prompt; nothing where they are not wanted, and where the worker takes longer than an instant.
  ///
  /// - Returns: The counts, and whether they can change while nothing is typed.
  func promptCounts() -> (counts: PromptCounts, areMoving: Bool) {
    guard !settings.isBatch, preferences.counts, hasFirstRunner else {
      return (PromptCounts(), false)
    }
    let (controller, name) = (controller, currentRunner)
    let runners = askForCounts { try controller.runners() }
    guard let runner = runners?.last(where: { $0.name == name }) else {
      return (PromptCounts(), runners == nil)
    }
    // A cell may have closed it.
    if runner.phase == .closed { runnerIsClosed(name) }
    let counts = PromptCounts(liveTasks: runner.liveTasks, unreadErrors: runner.unreadErrors)
    return (counts, runner.activity != .idle)
  }

  /// What the next line is read with.
  func lineRequest(continuing: Bool, _ counts: PromptCounts) -> LineRequest {
    PromptRendering.request(
      runner: currentRunner, isClosed: currentRunnerIsClosed, counts, continuing: continuing,
      rendering)
  }
}
