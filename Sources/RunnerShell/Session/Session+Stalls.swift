private import RunnerCore

/// Runs that nothing can end.
///
/// At the prompt a person is told, and goes on: what the tasks wait for may come from the next command.
/// A batch has no next command while it waits for such a run: it ends with status 5. One that runs
/// beside it in the background ends the batch only when that comes to wait for it.
extension Session {
  /// Takes the event that a run cannot end.
  func noteStall(_ event: SessionEvent) {
    guard case .stalled(_, _, let runner) = event else { return }
    guard settings.isBatch else { return show(event) }
    keepStall(event, of: runner)
    if foreground.awaitedRunner == runner { endBatch(with: event) }
  }

  /// Looks whether what is waited for from now on has come to a standstill before.
  func checkStall(of runner: String?) {
    guard settings.isBatch, let runner, verdict == nil, let event = takeStall(of: runner) else {
      return
    }
    // Other commands may have set it going again.
    let explanation = try? controller.explanation(ofRunner: runner)
    if explanation?.loop == .stalled { endBatch(with: event) }
  }

  private func endBatch(with event: SessionEvent) {
    guard setVerdict(.deadlock) else { return }
    show(event)
    transition { $0.interrupt() }
  }
}
