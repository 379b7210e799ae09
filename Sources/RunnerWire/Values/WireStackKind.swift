/// What kind of answer the stack of a task is.
package enum WireStackKind: String, Hashable, Sendable, Codable, CaseIterable {
  case suspended = "suspended"
  case running = "running"
  case notBegun = "notBegun"
  case ended = "ended"
  case unknown = "unknown"
}
