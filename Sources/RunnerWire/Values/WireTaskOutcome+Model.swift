package import RunnerCore

extension WireTaskOutcome {
  package init(_ model: TaskEnding.Outcome) {
    switch model {
    case .returned(let value): self = .returned(value.map { WireValueSnapshot($0) })
    case .failed(let error): self = .failed(WireErrorSnapshot(error))
    case .cancelled(let message): self = .cancelled(message: message)
    }
  }

  package var model: TaskEnding.Outcome {
    switch self {
    case .returned(let value): .returned(value?.model)
    case .failed(let error): .failed(error.model)
    case .cancelled(let message): .cancelled(message: message)
    }
  }
}
