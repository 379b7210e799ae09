/// One function in the stack of a task.
package struct WireStackFrame: Hashable, Sendable, Codable {
  package var function: String
  package var fullName: String
  package var module: String?
  package var path: String?
  package var line: Int?
  /// It goes on after its await with this number, counted from 1.
  package var afterAwait: Int?
  /// It goes on after its suspension with this number, counted from 1.
  package var afterSuspension: Int?
  package var isFolded: Bool

  private enum CodingKeys: String, CodingKey {
    case function
    case fullName
    case module
    case path
    case line
    case afterAwait
    case afterSuspension
    case isFolded
  }
}
