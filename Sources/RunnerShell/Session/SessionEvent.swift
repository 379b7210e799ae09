package import RunnerCore

/// Something that happened without being asked for.
package enum SessionEvent: Hashable, Sendable {
  /// A job ended, in the foreground or not.
  case jobEnded(JobSnapshot)
  /// These tasks wait for each other, and nothing can wake them.
  case deadlock([TaskID], runner: String)
  /// A run can never end: its task, whom that waits for, …, and what the last of them waits for.
  case stalled([TaskID], wait: WaitSnapshot, runner: String)
}
