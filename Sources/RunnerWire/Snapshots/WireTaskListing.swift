/// The tasks that a query found.
package struct WireTaskListing: Hashable, Sendable, Codable {
  package var tasks: [WireTaskSnapshot]
  package var matching: Int
  /// Absent for zero.
  package var offset: Int?
  package var total: Int
  package var remembered: Int?
  package var consistency: WireConsistency
  /// Absent when nothing is missing.
  package var omission: String?

  private enum CodingKeys: String, CodingKey {
    case tasks
    case matching
    case offset
    case total
    case remembered
    case consistency
    case omission
  }
}
