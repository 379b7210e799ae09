/// What came of a request to cancel one task.
package struct WireCancelOutcome: Hashable, Sendable, Codable {
  package var result: WireCancelResult
  package var task: WireTaskSnapshot

  private enum CodingKeys: String, CodingKey {
    case result
    case task
  }
}
