package import RunnerCore

extension WireConsistency {
  package init(_ model: SnapshotConsistency) {
    switch model {
    case .exact: self = .exact
    case .sampled: self = .sampled
    }
  }

  package var model: SnapshotConsistency {
    switch self {
    case .exact: .exact
    case .sampled: .sampled
    }
  }
}
