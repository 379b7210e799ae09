/// How a snapshot was taken.
package enum WireConsistency: String, Hashable, Sendable, Codable, CaseIterable {
  case exact = "exact"
  case sampled = "sampled"
}
