/// One file descriptor that a loop watches.
package struct WireDescriptor: Hashable, Sendable, Codable {
  package var number: Int32
  package var watchesReading: Bool
  package var watchesWriting: Bool

  private enum CodingKeys: String, CodingKey {
    case number
    case watchesReading
    case watchesWriting
  }
}
