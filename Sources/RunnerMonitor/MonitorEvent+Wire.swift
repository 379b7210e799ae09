import RunnerCore
import RunnerWire

extension WireEvent {
  init(_ model: MonitorEvent) {
    switch model {
    case .jobEnded(let job): self = .jobEnded(WireJobSnapshot(job))
    case .deadlock(let runner, let tasks):
      self = .deadlock(runner: runner, tasks: tasks.map(\.number))
    case .stalled(let runner, let tasks, let wait):
      self = .stalled(runner: runner, tasks: tasks.map(\.number), wait: WireWaitSnapshot(wait))
    case .runnerFailed(let runner, let error):
      self = .runnerFailed(runner: runner, error: WireErrorSnapshot(error))
    case .note(let text): self = .note(text)
    }
  }

  /// The event; `nil` when its kind is not known here.
  var model: MonitorEvent? {
    switch self {
    case .jobEnded(let job): .jobEnded(job.model)
    case .deadlock(let runner, let tasks):
      .deadlock(runner: runner, tasks: tasks.map { TaskID($0) })
    case .stalled(let runner, let tasks, let wait):
      .stalled(runner: runner, tasks: tasks.map { TaskID($0) }, wait: wait.model)
    case .runnerFailed(let runner, let error):
      .runnerFailed(runner: runner, error: error.model)
    case .note(let text): .note(text)
    case .unknown: nil
    }
  }
}
