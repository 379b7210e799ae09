/// What came of asking one task to end.
package enum WireCancelResult: Hashable, Sendable {
  case cancelled(after: Int64)
  case ended(WireTaskOutcome, after: Int64)
  case ignored(after: Int64)
  case alreadyEnded
  case requestedOnly
}

extension WireCancelResult: Codable {
  private enum Kind: String, Codable {
    case cancelled
    case ended
    case ignored
    case alreadyEnded
    case requestedOnly
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case elapsed = "elapsedNanoseconds"
    case outcome
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .cancelled:
      self = .cancelled(
        after: try container.decode(Int64.self, forKey: .elapsed))
    case .ended:
      self = .ended(
        try container.decode(WireTaskOutcome.self, forKey: .outcome),
        after: try container.decode(Int64.self, forKey: .elapsed))
    case .ignored:
      self = .ignored(
        after: try container.decode(Int64.self, forKey: .elapsed))
    case .alreadyEnded: self = .alreadyEnded
    case .requestedOnly: self = .requestedOnly
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .cancelled(let elapsed):
      try container.encode(Kind.cancelled, forKey: .kind)
      try container.encode(elapsed, forKey: .elapsed)
    case .ended(let outcome, let elapsed):
      try container.encode(Kind.ended, forKey: .kind)
      try container.encode(outcome, forKey: .outcome)
      try container.encode(elapsed, forKey: .elapsed)
    case .ignored(let elapsed):
      try container.encode(Kind.ignored, forKey: .kind)
      try container.encode(elapsed, forKey: .elapsed)
    case .alreadyEnded:
      try container.encode(Kind.alreadyEnded, forKey: .kind)
    case .requestedOnly:
      try container.encode(Kind.requestedOnly, forKey: .kind)
    }
  }
}
