package import RunnerCore

extension WireCancelResult {
  package init(_ model: CancelOutcome.Result) {
    switch model {
    case .cancelled(let elapsed): self = .cancelled(after: elapsed.wireNanoseconds)
    case .ended(let outcome, let elapsed):
      self = .ended(WireTaskOutcome(outcome), after: elapsed.wireNanoseconds)
    case .ignored(let elapsed): self = .ignored(after: elapsed.wireNanoseconds)
    case .alreadyEnded: self = .alreadyEnded
    case .requestedOnly: self = .requestedOnly
    }
  }

  package var model: CancelOutcome.Result {
    switch self {
    case .cancelled(let elapsed): .cancelled(after: Duration(wireNanoseconds: elapsed))
    case .ended(let outcome, let elapsed):
      .ended(outcome.model, after: Duration(wireNanoseconds: elapsed))
    case .ignored(let elapsed): .ignored(for: Duration(wireNanoseconds: elapsed))
    case .alreadyEnded: .alreadyEnded
    case .requestedOnly: .requestedOnly
    }
  }
}
