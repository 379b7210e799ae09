/// What a task ended with.
package enum WireTaskOutcome: Hashable, Sendable {
  case returned(WireValueSnapshot?)
  case failed(WireErrorSnapshot)
  case cancelled(message: String?)
}

extension WireTaskOutcome: Codable {
  private enum Kind: String, Codable {
    case returned
    case failed
    case cancelled
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case value
    case error
    case message
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .returned:
      self = .returned(
        try container.decodeIfPresent(WireValueSnapshot.self, forKey: .value))
    case .failed:
      self = .failed(
        try container.decode(WireErrorSnapshot.self, forKey: .error))
    case .cancelled:
      self = .cancelled(
        message: try container.decodeIfPresent(String.self, forKey: .message))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .returned(let value):
      try container.encode(Kind.returned, forKey: .kind)
      try container.encodeIfPresent(value, forKey: .value)
    case .failed(let error):
      try container.encode(Kind.failed, forKey: .kind)
      try container.encode(error, forKey: .error)
    case .cancelled(let message):
      try container.encode(Kind.cancelled, forKey: .kind)
      try container.encodeIfPresent(message, forKey: .message)
    }
  }
}
