/// What a suspended task waits for.
package struct WireWaitSnapshot: Hashable, Sendable, Codable {
  package var subject: WireWaitSubject
  package var elapsed: Int64?
  package var site: WireSourceSite?
  package var timeoutRemaining: Int64?

  private enum CodingKeys: String, CodingKey {
    case subject
    case elapsed = "elapsedNanoseconds"
    case site
    case timeoutRemaining = "timeoutRemainingNanoseconds"
  }
}
