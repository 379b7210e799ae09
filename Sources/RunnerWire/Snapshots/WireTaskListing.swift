/// The tasks that a query found.
package struct WireTaskListing: Hashable, Sendable, Codable {
  package var tasks: [WireTaskSnapshot]
  package var matching: Int
  package var total: Int
  package var consistency: WireConsistency
  /// Absent when nothing is missing.
  package var omission: String?

  private enum CodingKeys: String, CodingKey {
    case tasks
    case matching
    case total
    case consistency
    case omission
  }
}
