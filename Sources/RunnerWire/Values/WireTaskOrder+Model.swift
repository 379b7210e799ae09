package import RunnerCore

extension WireTaskOrder {
  package init(_ model: TaskQuery.Order) {
    switch model {
    case .id: self = .id
    case .name: self = .name
    case .state: self = .state
    case .age: self = .age
    case .cancels: self = .cancels
    case .waiting: self = .waiting
    case .steps: self = .steps
    }
  }

  package var model: TaskQuery.Order {
    switch self {
    case .id: .id
    case .name: .name
    case .state: .state
    case .age: .age
    case .cancels: .cancels
    case .waiting: .waiting
    case .steps: .steps
    }
  }
}
