/// One message of the protocol: one JSON object on one line.
package enum WireMessage: Hashable, Sendable {
  /// The first message in each direction.
  case hello(WireHello)
  /// The client asks for something.
  case request(WireRequest)
  /// The server's answer to one request, or its complaint about a line that it could not read.
  case reply(WireReply)
  /// The server tells what happened.
  case event(WireEvent)
}

extension WireMessage: Codable {
  private enum CodingKeys: String, CodingKey {
    case hello
    case call
    case event
    case result
    case error
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if container.contains(.call) {
      self = .request(try WireRequest(from: decoder))
    } else if container.contains(.event) {
      self = .event(try WireEvent(from: decoder))
    } else if container.contains(.result) || container.contains(.error) {
      self = .reply(try WireReply(from: decoder))
    } else if container.contains(.hello) {
      self = .hello(try container.decode(WireHello.self, forKey: .hello))
    } else {
      throw WireError(
        .malformedMessage,
        "The message is neither 'hello' nor a 'call', 'result', 'error' or 'event'.")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .hello(let hello):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(hello, forKey: .hello)
    case .request(let request): try request.encode(to: encoder)
    case .reply(let reply): try reply.encode(to: encoder)
    case .event(let event): try event.encode(to: encoder)
    }
  }
}
