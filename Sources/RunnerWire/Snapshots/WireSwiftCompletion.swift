/// A way to go on in a half-typed piece of Swift.
package struct WireSwiftCompletion: Hashable, Sendable, Codable {
  package var text: String
  package var note: String
}
