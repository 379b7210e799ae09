/// What a task has done with its time.
package struct WireTaskTimes: Hashable, Sendable, Codable {
  package var busy: Int64
  package var scheduled: Int64
  package var idle: Int64

  private enum CodingKeys: String, CodingKey {
    case busy = "busyNanoseconds"
    case scheduled = "scheduledNanoseconds"
    case idle = "idleNanoseconds"
  }
}
