/// A place in source code.
package struct WireSourceSite: Hashable, Sendable, Codable {
  package var fileID: String
  package var line: Int
  package var function: String

  private enum CodingKeys: String, CodingKey {
    case fileID
    case line
    case function
  }
}
