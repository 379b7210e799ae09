/// Where a runner stands in its life.
package enum WireRunnerPhase: String, Hashable, Sendable, Codable, CaseIterable {
  case created = "created"
  case initialized = "initialized"
  case closed = "closed"
}
