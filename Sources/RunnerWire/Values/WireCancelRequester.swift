/// Who asked a task to end.
package enum WireCancelRequester: Hashable, Sendable {
  case task(UInt64)
  case thread(String)
  case callback
  case interrupt
  case close
  case timeout
  case taskGroup
  case tool
  case swift
}

extension WireCancelRequester: Codable {
  private enum Kind: String, Codable {
    case task
    case thread
    case callback
    case interrupt
    case close
    case timeout
    case taskGroup
    case tool
    case swift
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case task
    case thread
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .task: self = .task(try container.decode(UInt64.self, forKey: .task))
    case .thread: self = .thread(try container.decode(String.self, forKey: .thread))
    case .callback: self = .callback
    case .interrupt: self = .interrupt
    case .close: self = .close
    case .timeout: self = .timeout
    case .taskGroup: self = .taskGroup
    case .tool: self = .tool
    case .swift: self = .swift
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .task(let task): try container.encode(task, forKey: .task)
    case .thread(let name): try container.encode(name, forKey: .thread)
    case .callback, .interrupt, .close, .timeout, .taskGroup, .tool, .swift: break
    }
  }

  private var kind: Kind {
    switch self {
    case .task: .task
    case .thread: .thread
    case .callback: .callback
    case .interrupt: .interrupt
    case .close: .close
    case .timeout: .timeout
    case .taskGroup: .taskGroup
    case .tool: .tool
    case .swift: .swift
    }
  }
}
