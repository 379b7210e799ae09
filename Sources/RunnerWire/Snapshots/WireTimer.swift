/// One timer of a loop.
package struct WireTimer: Hashable, Sendable, Codable {
  /// Negative when overdue.
  package var remaining: Int64
  package var task: UInt64?

  private enum CodingKeys: String, CodingKey {
    case remaining = "remainingNanoseconds"
    case task
  }
}
