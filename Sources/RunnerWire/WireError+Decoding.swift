extension WireError {
  /// Creates the error for whatever decoding threw, in the message with this number.
  init(_ error: any Error, in messageID: UInt64? = nil) {
    switch error {
    case let error as WireError:
      self = error
      self.messageID = error.messageID ?? messageID
    case let error as DecodingError:
      self.init(.malformedMessage, Self.sentence(for: error), in: messageID)
    default:
      self.init(.malformedMessage, "The message cannot be read: \(error).", in: messageID)
    }
  }

  private static func sentence(for error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "The message lacks '\(path(context.codingPath + [key]))'."
    case .valueNotFound(_, let context):
      "The message has null for '\(path(context.codingPath))', which needs a value."
    case .typeMismatch(_, let context):
      context.codingPath.isEmpty
        ? "The message is not a JSON object."
        : "The message has a value of the wrong type for '\(path(context.codingPath))'."
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "The message is not valid JSON."
        : "The message has an impossible value for '\(path(context.codingPath))'."
    @unknown default:
      "The message cannot be read."
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
  }
}
