/// Where a task is.
package struct WireTaskStack: Hashable, Sendable, Codable {
  package var task: WireTaskSnapshot
  package var kind: WireStackKind
  package var frames: [WireStackFrame]
  package var systemCall: String?
  /// Absent when nothing is missing.
  package var note: String?

  private enum CodingKeys: String, CodingKey {
    case task
    case kind
    case frames
    case systemCall
    case note
  }
}
