package import RunnerCore

extension WireTaskRole {
  package init(_ model: TaskRole) {
    switch model {
    case .main: self = .main
    case .task: self = .task
    case .tool: self = .tool
    }
  }

  package var model: TaskRole {
    switch self {
    case .main: .main
    case .task: .task
    case .tool: .tool
    }
  }
}
