/// A step of a loop that took long.
package struct WireSlowStep: Hashable, Sendable, Codable {
  package var task: UInt64?
  package var name: String
  package var duration: Int64
  package var elapsed: Int64
  package var site: WireSourceSite?

  private enum CodingKeys: String, CodingKey {
    case task
    case name
    case duration = "durationNanoseconds"
    case elapsed = "elapsedNanoseconds"
    case site
  }
}
