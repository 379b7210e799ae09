/// What the shell tells its parent process when it ends.
package enum ShellStatus: Hashable, Sendable {
  case ok
  /// A command failed.
  case failed
  /// The line was no command, or not a right one.
  case usage
  /// The worker, or the process that was attached to, is gone.
  case workerLost
  /// A deadline passed.
  case deadline
  /// Tasks wait for each other.
  case deadlock
  /// A signal ended the run.
  case signal(Int32)

  /// An interrupt by Ctrl-C.
  package static let interrupted = ShellStatus.signal(2)

  /// The number for `exit`.
  package var code: Int32 {
    switch self {
    case .ok: 0
    case .failed: 1
    case .usage: 2
    case .workerLost: 3
    case .deadline: 4
    case .deadlock: 5
    case .signal(let number): 128 + number
    }
  }
}
