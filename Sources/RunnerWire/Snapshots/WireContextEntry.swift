/// One variable of a context.
package struct WireContextEntry: Hashable, Sendable, Codable {
  package var name: String
  package var value: WireValueSnapshot

  private enum CodingKeys: String, CodingKey {
    case name
    case value
  }
}
