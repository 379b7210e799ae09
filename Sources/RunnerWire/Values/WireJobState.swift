/// Where a job stands.
package enum WireJobState: Hashable, Sendable {
  case running
  case returned(WireValueSnapshot?)
  case failed(WireErrorSnapshot)
  case cancelled
  case interrupted(mainIsPending: Bool)
}

extension WireJobState: Codable {
  private enum Kind: String, Codable {
    case running
    case returned
    case failed
    case cancelled
    case interrupted
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case value
    case error
    case mainIsPending
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .running: self = .running
    case .returned:
      self = .returned(
        try container.decodeIfPresent(WireValueSnapshot.self, forKey: .value))
    case .failed:
      self = .failed(
        try container.decode(WireErrorSnapshot.self, forKey: .error))
    case .cancelled: self = .cancelled
    case .interrupted:
      self = .interrupted(
        mainIsPending: try container.decode(Bool.self, forKey: .mainIsPending))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .running:
      try container.encode(Kind.running, forKey: .kind)
    case .returned(let value):
      try container.encode(Kind.returned, forKey: .kind)
      try container.encodeIfPresent(value, forKey: .value)
    case .failed(let error):
      try container.encode(Kind.failed, forKey: .kind)
      try container.encode(error, forKey: .error)
    case .cancelled:
      try container.encode(Kind.cancelled, forKey: .kind)
    case .interrupted(let mainIsPending):
      try container.encode(Kind.interrupted, forKey: .kind)
      try container.encode(mainIsPending, forKey: .mainIsPending)
    }
  }
}
