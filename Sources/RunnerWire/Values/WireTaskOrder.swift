/// How a listing is ordered.
package enum WireTaskOrder: String, Hashable, Sendable, Codable, CaseIterable {
  case id = "id"
  case name = "name"
  case state = "state"
  case age = "age"
  case cancels = "cancels"
  case waiting = "waiting"
  case steps = "steps"
}
