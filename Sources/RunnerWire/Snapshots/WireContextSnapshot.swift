/// The variables of one context.
package struct WireContextSnapshot: Hashable, Sendable, Codable {
  package var owner: WireContextOwner
  package var entries: [WireContextEntry]
  /// Absent when there are none.
  package var locals: [WireTaskLocal]?

  private enum CodingKeys: String, CodingKey {
    case owner
    case entries
    case locals
  }
}
