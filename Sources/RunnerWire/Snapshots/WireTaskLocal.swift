/// What a task has for one task-local variable.
package struct WireTaskLocal: Hashable, Sendable, Codable {
  package var name: String
  package var module: String?
  package var value: WireValueSnapshot?
  package var isInherited: Bool

  private enum CodingKeys: String, CodingKey {
    case name
    case module
    case value
    case isInherited
  }
}
