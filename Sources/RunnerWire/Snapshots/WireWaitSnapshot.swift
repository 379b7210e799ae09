/// What a suspended task waits for.
package struct WireWaitSnapshot: Hashable, Sendable, Codable {
  package var subject: WireWaitSubject
  package var elapsed: Int64?
  package var site: WireSourceSite?
  package var timeoutRemaining: Int64?
  package var holder: WireWaitHolder?
  package var work: WireWork?

  private enum CodingKeys: String, CodingKey {
    case subject
    case elapsed = "elapsedNanoseconds"
    case site
    case timeoutRemaining = "timeoutRemainingNanoseconds"
    case holder
    case work
  }
}

/// The task that has what another one waits for.
package struct WireWaitHolder: Hashable, Sendable, Codable {
  package var task: UInt64
  package var site: WireSourceSite?
  package var elapsed: Int64?

  private enum CodingKeys: String, CodingKey {
    case task
    case site
    case elapsed = "elapsedNanoseconds"
  }
}

/// How far work on a thread has come: queued behind `ahead` jobs, or executed by `thread`.
package struct WireWork: Hashable, Sendable, Codable {
  package var ahead: Int?
  package var thread: String?
  package var elapsed: Int64?

  private enum CodingKeys: String, CodingKey {
    case ahead
    case thread
    case elapsed = "elapsedNanoseconds"
  }
}
