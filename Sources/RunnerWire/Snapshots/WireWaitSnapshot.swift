/// What a suspended task waits for.
package struct WireWaitSnapshot: Hashable, Sendable, Codable {
  package var subject: WireWaitSubject
  package var elapsed: Int64?
  package var site: WireSourceSite?
  package var timeoutRemaining: Int64?
  package var holder: WireWaitHolder?

  private enum CodingKeys: String, CodingKey {
    case subject
    case elapsed = "elapsedNanoseconds"
    case site
    case timeoutRemaining = "timeoutRemainingNanoseconds"
    case holder
  }
}

/// The task that has what another one waits for.
package struct WireWaitHolder: Hashable, Sendable, Codable {
  package var task: UInt64
  package var site: WireSourceSite?
}
