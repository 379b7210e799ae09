/// One question of the client; its reply carries the same number.
package struct WireRequest: Hashable, Sendable {
  /// A number that the client chose; no other request of it that is still open has the same.
  package var id: UInt64
  package var call: WireCall

  package init(id: UInt64, call: WireCall) {
    self.id = id
    self.call = call
  }
}

extension WireRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case id
    case call
    case arguments
  }

  /// Creates the request; what goes wrong after its number is known carries that number.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id = try container.decode(UInt64.self, forKey: .id)
    do {
      let name = try container.decode(String.self, forKey: .call)
      guard let name = WireCall.Name(rawValue: name) else {
        throw WireError(
          .unknownCall,
          "There is no call '\(name.prefix(80))' in \(WireProtocol.name) version "
            + "\(WireProtocol.version).")
      }
      if container.contains(.arguments) {
        let arguments = try container.superDecoder(forKey: .arguments)
        self.init(id: id, call: try WireCall(name, arguments: arguments))
      } else {
        self.init(id: id, call: try WireCall(name, arguments: nil))
      }
    } catch {
      throw WireError(error, in: id)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(call.name.rawValue, forKey: .call)
    if call.hasArguments {
      try call.encodeArguments(to: container.superEncoder(forKey: .arguments))
    }
  }
}
