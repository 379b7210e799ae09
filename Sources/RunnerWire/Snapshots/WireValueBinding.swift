/// A name and the value that it stands for.
package struct WireValueBinding: Hashable, Sendable, Codable {
  package var name: String
  package var value: WireValueSnapshot
}
