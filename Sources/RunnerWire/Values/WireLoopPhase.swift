/// What an event loop is doing.
package enum WireLoopPhase: String, Hashable, Sendable, Codable, CaseIterable {
  case idle = "idle"
  case running = "running"
  case waiting = "waiting"
  case closed = "closed"
}
