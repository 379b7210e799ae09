package import RunnerCore

extension WireInterruptOutcome {
  package init(_ model: InterruptOutcome) {
    switch model {
    case .cancelRequested(let task): self = .cancelRequested(task.number)
    case .runAborted(let task): self = .runAborted(task.number)
    case .closeAborted: self = .closeAborted
    case .nothingRunning: self = .nothingRunning
    }
  }

  package var model: InterruptOutcome {
    switch self {
    case .cancelRequested(let task): .cancelRequested(TaskID(task))
    case .runAborted(let task): .runAborted(TaskID(task))
    case .closeAborted: .closeAborted
    case .nothingRunning: .nothingRunning
    }
  }
}
