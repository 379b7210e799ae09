/// One runner, as it was at one moment.
package struct WireRunnerSnapshot: Hashable, Sendable, Codable {
  package var name: String
  package var phase: WireRunnerPhase
  package var activity: WireRunnerActivity
  package var isStarted: Bool
  package var liveTasks: Int
  package var endedTasks: Int
  package var unreadErrors: Int
  package var mainTask: UInt64?

  private enum CodingKeys: String, CodingKey {
    case name
    case phase
    case activity
    case isStarted
    case liveTasks
    case endedTasks
    case unreadErrors
    case mainTask
  }
}
