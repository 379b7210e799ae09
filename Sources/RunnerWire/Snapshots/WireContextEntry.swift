/// One variable of a context.
package struct WireContextEntry: Hashable, Sendable, Codable {
  package var name: String
  package var value: WireValueSnapshot
  package var digest: UInt64?

  private enum CodingKeys: String, CodingKey {
    case name
    case value
    case digest
  }
}
