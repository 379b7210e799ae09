package import RunnerCore

extension WireTaskRole {
  package init(_ model: TaskRole) {
    switch model {
    case .main: self = .main
    case .task: self = .task
    case .tool: self = .tool
    case .child: self = .child
    }
  }

  package var model: TaskRole {
    switch self {
    case .main: .main
    case .task: .task
    case .tool: .tool
    case .child: .child
    }
  }
}
