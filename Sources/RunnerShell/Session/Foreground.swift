package import RunnerCore

/// What the session's main thread is doing; decides what Ctrl-C means.
package enum Foreground: Hashable, Sendable {
  /// It reads or prints. Followed by any other.
  case idle
  /// It asks for a run whose number is not known yet; when Swift is compiled first, that can take long.
  /// Followed by `run` or `idle`.
  case starting(interrupts: Int, compiles: Bool)
  /// It waits for a run that it started. Followed by `idle`.
  case run(JobID, runner: String, interrupts: Int)
  /// It waits for a cell. Ctrl-C asks the cell to end; when its loop does not even come to hear of that,
  /// only another worker gives the prompt back. Followed by `idle`.
  case cell(JobID, runner: String, interrupts: Int, isStuck: Bool?)
  /// It waits for something that goes on without it: `wait`, `cancel`, `fg`; of this runner, when only
  /// its going on can end the wait. Followed by `idle`.
  case waiting(runner: String?)
  /// It looks again and again: `watch`, `top`. Followed by `idle`.
  case repeating
  /// It closes this runner; a second Ctrl-C waits no more for a loop that is stuck. Followed by `closing`
  /// another one, or `idle`.
  case closing(runner: String, interrupts: Int)

  /// The runner that has to go on for this to end.
  package var awaitedRunner: String? {
    switch self {
    case .run(_, let runner, _), .cell(_, let runner, _, _): runner
    case .waiting(let runner): runner
    case .idle, .starting, .repeating, .closing: nil
    }
  }
}
