/// A piece of Swift to compile.
package struct WireCellRequest: Hashable, Sendable, Codable {
  package var source: String
  package var file: String?
  package var firstLine: Int
  package var number: Int?
}
