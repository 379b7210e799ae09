package import RunnerCore

extension WireRunnerActivity {
  package init(_ model: RunnerActivity) {
    switch model {
    case .idle: self = .idle
    case .turning: self = .turning
    case .running: self = .running
    case .closing: self = .closing
    }
  }

  package var model: RunnerActivity {
    switch self {
    case .idle: .idle
    case .turning: .turning
    case .running: .running
    case .closing: .closing
    }
  }
}
