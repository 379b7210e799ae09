/// What `close` did.
package struct WireCloseReport: Hashable, Sendable, Codable {
  package var didClose: Bool
  package var duration: Int64
  package var rounds: Int
  package var cancelledTasks: Int
  package var finishedTasks: Int
  package var failedTasks: Int
  /// Absent for zero.
  package var closedGenerators: Int?
  package var refusedTasks: [WireTaskSnapshot]
  /// Absent when there is none.
  package var unfinishedJobs: [WireThreadJob]?
  package var wasInterrupted: Bool

  private enum CodingKeys: String, CodingKey {
    case didClose
    case duration = "durationNanoseconds"
    case rounds
    case cancelledTasks
    case finishedTasks
    case failedTasks
    case closedGenerators
    case refusedTasks
    case unfinishedJobs
    case wasInterrupted
  }
}
