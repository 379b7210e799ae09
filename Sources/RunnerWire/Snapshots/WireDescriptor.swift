/// One file descriptor that a loop watches.
package struct WireDescriptor: Hashable, Sendable, Codable {
  package var number: Int32
  package var watchesReading: Bool
  package var watchesWriting: Bool
  package var reader: UInt64?
  package var writer: UInt64?

  private enum CodingKeys: String, CodingKey {
    case number
    case watchesReading
    case watchesWriting
    case reader
    case writer
  }
}
