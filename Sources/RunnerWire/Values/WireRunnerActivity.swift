/// What a runner's thread is doing.
package enum WireRunnerActivity: String, Hashable, Sendable, Codable, CaseIterable {
  case idle = "idle"
  case turning = "turning"
  case running = "running"
  case closing = "closing"
}
