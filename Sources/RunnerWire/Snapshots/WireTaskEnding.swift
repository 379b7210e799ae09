/// How a task ended.
package struct WireTaskEnding: Hashable, Sendable, Codable {
  package var outcome: WireTaskOutcome
  package var elapsed: Int64
  package var wasRead: Bool

  private enum CodingKeys: String, CodingKey {
    case outcome
    case elapsed = "elapsedNanoseconds"
    case wasRead
  }
}
