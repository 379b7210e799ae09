/// A message that could not be read or written: what is wrong with it, in one sentence.
package struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// The line is not JSON, or not a message.
    case malformedMessage
    /// The message is longer than the limit.
    case messageTooLarge
    /// The call has a name that this version does not know.
    case unknownCall
    /// The two sides speak different versions.
    case versionMismatch
    /// The first message was not `hello`, or a second one came.
    case unexpectedHello
    /// Another open request has the same number.
    case duplicateRequest
    /// Too many requests are open.
    case tooManyRequests
    /// The server only looks.
    case notAllowed
  }

  package var code: Code
  /// One full sentence.
  package var message: String
  /// The number of the request or reply, where it could be read.
  package var messageID: UInt64?

  package init(_ code: Code, _ message: String, in messageID: UInt64? = nil) {
    self.code = code
    self.message = message
    self.messageID = messageID
  }

  package var description: String { message }

  /// A line that passed the limit while it was being read.
  package static func oversized(limit: Int) -> WireError {
    WireError(
      .messageTooLarge,
      "The message is longer than \(limit) bytes, the largest size allowed. It was skipped.")
  }

  /// A message that would pass the limit when written.
  static func tooLarge(size: Int, limit: Int) -> WireError {
    WireError(
      .messageTooLarge,
      "The message would have \(size) bytes, and \(limit) are the largest size allowed. "
        + "Ask for less at a time.")
  }
}
