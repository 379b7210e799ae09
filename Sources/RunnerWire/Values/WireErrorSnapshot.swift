/// An error as text.
package struct WireErrorSnapshot: Hashable, Sendable, Codable {
  package var type: String
  package var message: String
  /// The program's functions in which it was thrown.
  package var frames: [WireStackFrame]?

  private enum CodingKeys: String, CodingKey {
    case type
    case message
    case frames
  }
}
