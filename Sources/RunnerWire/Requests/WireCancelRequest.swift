/// Which tasks to cancel, and how long to wait for that.
package struct WireCancelRequest: Hashable, Sendable, Codable {
  package var tasks: [UInt64]
  package var includesChildren: Bool
  package var message: String?
  package var limit: Int64

  private enum CodingKeys: String, CodingKey {
    case tasks
    case includesChildren
    case message
    case limit = "limitNanoseconds"
  }
}
