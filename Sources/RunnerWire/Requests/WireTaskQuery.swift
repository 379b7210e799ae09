/// Which tasks to list.
package struct WireTaskQuery: Hashable, Sendable, Codable {
  package var runner: String?
  /// In the order of the life of a task; absent for every live state.
  package var states: [WireTaskState]?
  package var namePattern: String?
  package var includesToolTasks: Bool
  package var order: WireTaskOrder
  package var limit: Int?

  private enum CodingKeys: String, CodingKey {
    case runner
    case states
    case namePattern
    case includesToolTasks
    case order
    case limit
  }
}
