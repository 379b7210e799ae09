public import RunnerCore

/// What a monitor's server tells without being asked.
public enum MonitorEvent: Hashable, Sendable {
  /// A job of this session has ended.
  case jobEnded(JobSnapshot)
  /// Nothing can ever wake these tasks of a runner.
  case deadlock(runner: String, tasks: [TaskID])
  /// Nothing inside of a runner's loop can ever end its run.
  ///
  /// `tasks` begins with that of the run; each one waits for the next, the last one for what `wait`
  /// says. Of a long chain the middle is left out.
  case stalled(runner: String, tasks: [TaskID], wait: WaitSnapshot)
  /// A runner ended because of an error that nothing caught.
  case runnerFailed(runner: String, error: ErrorSnapshot)
  /// One sentence for the person who looks on.
  case note(String)
}
