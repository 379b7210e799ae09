/// What part a task plays on its runner.
package enum WireTaskRole: String, Hashable, Sendable, Codable, CaseIterable {
  case main = "main"
  case task = "task"
  case tool = "tool"
  case child = "child"
}
