/// A value as text.
package struct WireValueSnapshot: Hashable, Sendable, Codable {
  package var type: String
  package var text: String

  private enum CodingKeys: String, CodingKey {
    case type
    case text
  }
}
