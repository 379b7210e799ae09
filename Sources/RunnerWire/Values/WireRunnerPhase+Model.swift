package import RunnerCore

extension WireRunnerPhase {
  package init(_ model: RunnerPhase) {
    switch model {
    case .created: self = .created
    case .initialized: self = .initialized
    case .closed: self = .closed
    }
  }

  package var model: RunnerPhase {
    switch self {
    case .created: .created
    case .initialized: .initialized
    case .closed: .closed
    }
  }
}
