package import FoundationEssentials

/// Turns messages into lines that are ready to be sent.
package struct FrameWriter: Sendable {
  /// How many bytes a line may have, its newline not counted.
  package let limit: Int

  package init(limit: Int = WireProtocol.maximumFrameSize) {
    self.limit = limit
  }

  /// Returns the message as one line with its newline.
  ///
  /// - Throws: `WireError` with code `messageTooLarge` when the line would pass the limit.
  package func frame(_ message: WireMessage) throws(WireError) -> Data {
    var line = try WireCodec.encode(message)
    if line.count > limit { throw .tooLarge(size: line.count, limit: limit) }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
