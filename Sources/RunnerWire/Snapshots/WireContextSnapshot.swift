/// The variables of one context.
package struct WireContextSnapshot: Hashable, Sendable, Codable {
  package var owner: WireContextOwner
  package var entries: [WireContextEntry]

  private enum CodingKeys: String, CodingKey {
    case owner
    case entries
  }
}
