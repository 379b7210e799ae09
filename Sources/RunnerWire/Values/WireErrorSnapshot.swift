/// An error as text.
package struct WireErrorSnapshot: Hashable, Sendable, Codable {
  package var type: String
  package var message: String

  private enum CodingKeys: String, CodingKey {
    case type
    case message
  }
}
