/// A piece of work that a thread pool has not finished.
package struct WireThreadJob: Hashable, Sendable, Codable {
  /// Absent, like the time, when it waits for a thread.
  package var thread: String?
  package var elapsed: Int64?
  package var site: WireSourceSite?

  private enum CodingKeys: String, CodingKey {
    case thread
    case elapsed = "elapsedNanoseconds"
    case site
  }
}
