package import RunnerCore

extension WireLoopPhase {
  package init(_ model: LoopPhase) {
    switch model {
    case .idle: self = .idle
    case .running: self = .running
    case .waiting: self = .waiting
    case .closed: self = .closed
    }
  }

  package var model: LoopPhase {
    switch self {
    case .idle: .idle
    case .running: .running
    case .waiting: .waiting
    case .closed: .closed
    }
  }
}
