/// The step that a loop is executing.
package struct WireStep: Hashable, Sendable, Codable {
  package var task: UInt64?
  package var elapsed: Int64
  package var site: WireSourceSite?
  package var systemCall: String?

  private enum CodingKeys: String, CodingKey {
    case task
    case elapsed = "elapsedNanoseconds"
    case site
    case systemCall
  }
}
