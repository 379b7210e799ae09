/// One task, as it was at one moment.
package struct WireTaskSnapshot: Hashable, Sendable, Codable {
  package var id: UInt64
  package var name: String
  package var runner: String
  package var state: WireTaskState
  package var role: WireTaskRole
  package var operation: String
  package var creationSite: WireSourceSite?
  package var parent: UInt64?
  package var wait: WireWaitSnapshot?
  package var awaitedBy: [UInt64]
  /// In nanoseconds, as every time of the protocol.
  package var age: Int64
  package var steps: UInt64
  package var cancellationRequests: Int
  package var cancellationMessage: String?
  /// Absent when nobody has asked it to end.
  package var cancellations: [WireCancellation]?
  package var cancellationCount: Int?
  package var times: WireTaskTimes?
  package var ending: WireTaskEnding?

  private enum CodingKeys: String, CodingKey {
    case id
    case name
    case runner
    case state
    case role
    case operation
    case creationSite
    case parent
    case wait
    case awaitedBy
    case age = "ageNanoseconds"
    case steps
    case cancellationRequests
    case cancellationMessage
    case cancellations
    case cancellationCount
    case times
    case ending
  }
}
