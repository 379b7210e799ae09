package import RunnerCore

extension WireJobState {
  package init(_ model: JobSnapshot.State) {
    switch model {
    case .running: self = .running
    case .returned(let value): self = .returned(value.map { WireValueSnapshot($0) })
    case .failed(let error): self = .failed(WireErrorSnapshot(error))
    case .cancelled: self = .cancelled
    case .interrupted(let mainIsPending): self = .interrupted(mainIsPending: mainIsPending)
    }
  }

  package var model: JobSnapshot.State {
    switch self {
    case .running: .running
    case .returned(let value): .returned(value?.model)
    case .failed(let error): .failed(error.model)
    case .cancelled: .cancelled
    case .interrupted(let mainIsPending): .interrupted(mainIsPending: mainIsPending)
    }
  }
}
