package import FoundationEssentials

/// Turns messages into JSON and back; the same message always gives the same bytes.
package enum WireCodec {
  /// Returns the message as JSON on one line, without a newline.
  package static func encode(_ message: WireMessage) throws(WireError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(message)
    } catch {
      throw WireError(.malformedMessage, "The message cannot be written: \(error).")
    }
  }

  /// Returns the message that a line holds; the line has no newline.
  ///
  /// - Throws: `WireError`, with the number of the request or reply where that could be read.
  package static func decode(_ line: Data) throws(WireError) -> WireMessage {
    guard line.withUnsafeBytes({ String(validating: $0, as: UTF8.self) != nil }) else {
      throw WireError(.malformedMessage, "The message is not valid UTF-8.")
    }
    do {
      return try JSONDecoder().decode(WireMessage.self, from: line)
    } catch {
      throw WireError(error)
    }
  }
}
