/// What a runner is made from.
package struct WireRunnerOptions: Hashable, Sendable, Codable {
  package var name: String
  package var isDebugging: Bool
  package var usesVirtualTime: Bool
  package var startsTasksEagerly: Bool
  package var closeDeadline: Int64?

  private enum CodingKeys: String, CodingKey {
    case name
    case isDebugging
    case usesVirtualTime
    case startsTasksEagerly
    case closeDeadline = "closeDeadlineNanoseconds"
  }
}
