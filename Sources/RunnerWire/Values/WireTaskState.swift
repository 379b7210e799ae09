/// What a task is doing.
package enum WireTaskState: String, Hashable, Sendable, Codable, CaseIterable {
  case created = "created"
  case ready = "ready"
  case running = "running"
  case suspended = "suspended"
  case finished = "finished"
  case failed = "failed"
  case cancelled = "cancelled"
}
