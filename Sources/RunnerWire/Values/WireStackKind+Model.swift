package import RunnerCore

extension WireStackKind {
  package init(_ model: TaskStack.Kind) {
    switch model {
    case .suspended: self = .suspended
    case .running: self = .running
    case .notBegun: self = .notBegun
    case .ended: self = .ended
    case .unknown: self = .unknown
    }
  }

  package var model: TaskStack.Kind {
    switch self {
    case .suspended: .suspended
    case .running: .running
    case .notBegun: .notBegun
    case .ended: .ended
    case .unknown: .unknown
    }
  }
}
