/// Whose context it is.
package enum WireContextOwner: Hashable, Sendable {
  case runner(String)
  case task(UInt64)
}

extension WireContextOwner: Codable {
  private enum Kind: String, Codable {
    case runner
    case task
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case runner
    case task
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .runner:
      self = .runner(
        try container.decode(String.self, forKey: .runner))
    case .task:
      self = .task(
        try container.decode(UInt64.self, forKey: .task))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .runner(let runner):
      try container.encode(Kind.runner, forKey: .kind)
      try container.encode(runner, forKey: .runner)
    case .task(let task):
      try container.encode(Kind.task, forKey: .kind)
      try container.encode(task, forKey: .task)
    }
  }
}
