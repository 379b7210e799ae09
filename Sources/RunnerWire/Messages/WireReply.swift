/// The answer to one request.
package struct WireReply: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case result(WireResult)
    case failure(WireFailure)
  }

  /// The request's number; `nil` complains about a line whose number could not be read.
  package var id: UInt64?
  package var outcome: Outcome

  package init(id: UInt64?, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }
}

extension WireReply: Codable {
  private enum CodingKeys: String, CodingKey {
    case id
    case result
    case error
  }

  /// Creates the reply; what goes wrong after its number is known carries that number.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id = try container.decode(UInt64?.self, forKey: .id)
    do {
      if container.contains(.error) {
        let failure = try container.decode(WireFailure.self, forKey: .error)
        self.init(id: id, outcome: .failure(failure))
      } else {
        let result = try container.decode(WireResult.self, forKey: .result)
        self.init(id: id, outcome: .result(result))
      }
    } catch {
      throw WireError(error, in: id)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    switch outcome {
    case .result(let result): try container.encode(result, forKey: .result)
    case .failure(let failure): try container.encode(failure, forKey: .error)
    }
  }
}

/// Why a request was refused.
package struct WireFailure: Hashable, Sendable, Codable {
  /// The name of a `RunnerError.Code`.
  package var code: String
  /// One full sentence.
  package var message: String

  package init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case message
  }
}
