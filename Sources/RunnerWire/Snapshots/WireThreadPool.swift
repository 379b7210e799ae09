/// The default thread pool of a loop.
package struct WireThreadPool: Hashable, Sendable, Codable {
  package var name: String
  package var threads: Int
  package var idle: Int
  package var limit: Int
  package var queued: Int
  package var jobs: [WireThreadJob]

  private enum CodingKeys: String, CodingKey {
    case name
    case threads
    case idle
    case limit
    case queued
    case jobs
  }
}
