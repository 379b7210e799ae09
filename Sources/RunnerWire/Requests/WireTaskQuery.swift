/// Which tasks to list.
package struct WireTaskQuery: Hashable, Sendable, Codable {
  package var runner: String?
  /// In the order of the life of a task; absent for every live state.
  package var states: [WireTaskState]?
  package var namePattern: String?
  package var includesToolTasks: Bool
  package var order: WireTaskOrder
  /// Absent when the order is not turned round.
  package var isReversed: Bool?
  package var limit: Int?
  /// Absent for zero.
  package var offset: Int?
  package var anchor: UInt64?
  /// Absent when parts of tasks are not listed.
  package var includesParts: Bool?

  private enum CodingKeys: String, CodingKey {
    case runner
    case states
    case namePattern
    case includesToolTasks
    case order
    case isReversed
    case limit
    case offset
    case anchor
    case includesParts
  }
}
