/// What one Ctrl-C did to a runner.
package enum WireInterruptOutcome: Hashable, Sendable {
  case cancelRequested(UInt64)
  case runAborted(UInt64)
  case closeAborted
  case nothingRunning
}

extension WireInterruptOutcome: Codable {
  private enum Kind: String, Codable {
    case cancelRequested
    case runAborted
    case closeAborted
    case nothingRunning
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case task
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .cancelRequested:
      self = .cancelRequested(
        try container.decode(UInt64.self, forKey: .task))
    case .runAborted:
      self = .runAborted(
        try container.decode(UInt64.self, forKey: .task))
    case .closeAborted: self = .closeAborted
    case .nothingRunning: self = .nothingRunning
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .cancelRequested(let task):
      try container.encode(Kind.cancelRequested, forKey: .kind)
      try container.encode(task, forKey: .task)
    case .runAborted(let task):
      try container.encode(Kind.runAborted, forKey: .kind)
      try container.encode(task, forKey: .task)
    case .closeAborted:
      try container.encode(Kind.closeAborted, forKey: .kind)
    case .nothingRunning:
      try container.encode(Kind.nothingRunning, forKey: .kind)
    }
  }
}
