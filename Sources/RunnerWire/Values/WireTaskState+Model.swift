package import RunnerCore

extension WireTaskState {
  package init(_ model: TaskState) {
    switch model {
    case .created: self = .created
    case .ready: self = .ready
    case .running: self = .running
    case .suspended: self = .suspended
    case .finished: self = .finished
    case .failed: self = .failed
    case .cancelled: self = .cancelled
    }
  }

  package var model: TaskState {
    switch self {
    case .created: .created
    case .ready: .ready
    case .running: .running
    case .suspended: .suspended
    case .finished: .finished
    case .failed: .failed
    case .cancelled: .cancelled
    }
  }
}
