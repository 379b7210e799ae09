/// One `run`, as it was at one moment.
package struct WireJobSnapshot: Hashable, Sendable, Codable {
  package var id: Int
  package var runner: String
  package var expression: String
  package var task: UInt64?
  package var state: WireJobState
  /// What a cell has given names to; absent when there is nothing.
  package var bindings: [WireValueBinding]?
  package var elapsed: Int64
  /// How long the loop's thread was at work; absent while it runs.
  package var cpuTime: Int64?

  private enum CodingKeys: String, CodingKey {
    case id
    case runner
    case expression
    case task
    case state
    case bindings
    case elapsed = "elapsedNanoseconds"
    case cpuTime = "cpuTimeNanoseconds"
  }
}
