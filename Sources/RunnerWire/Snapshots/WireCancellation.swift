/// One request to cancel a task, and who made it.
package struct WireCancellation: Hashable, Sendable, Codable {
  package var requester: WireCancelRequester
  package var site: WireSourceSite?
  package var message: String?
  package var elapsed: Int64

  private enum CodingKeys: String, CodingKey {
    case requester
    case site
    case message
    case elapsed = "elapsedNanoseconds"
  }
}
