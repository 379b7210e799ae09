/// Children of a task group, or its body, have failed; mirrors the `ExceptionGroup` of a `TaskGroup`.
public struct RunnerTaskGroupError: Error, Sendable, CustomStringConvertible {
  /// The children's errors in the order of their ends, then the body's.
  public let errors: [any Error]

  /// Whether a request to cancel the parent has come out of the group as this error.
  let hidesCancellation: Bool

  init(_ errors: [any Error], hidesCancellation: Bool = false) {
    self.errors = errors
    self.hidesCancellation =
      hidesCancellation
      || errors.contains { ($0 as? RunnerTaskGroupError)?.hidesCancellation ?? false }
  }

  /// The number of the errors and the first three of them, in one line of bounded length.
  public var description: String {
    let some = errors.prefix(3).map { error in
      error is RunnerTaskGroupError ? Self.headline(error) : Self.line(error)
    }
    let rest = errors.count > 3 ? ", …" : ""
    return "\(headline): " + some.joined(separator: ", ") + rest
  }

  /// The errors as a tree: one line for each, nested groups indented.
  ///
  /// At most 15 errors of each group and 10 levels of groups, as Python shows them.
  public var text: String { lines(level: 1).joined(separator: "\n") }

  private static let widest = 15
  private static let deepest = 10

  private var headline: String {
    "unhandled errors in a TaskGroup (\(errors.count) sub-error\(errors.count == 1 ? "" : "s"))"
  }

  private static func headline(_ error: any Error) -> String {
    (error as? RunnerTaskGroupError)?.headline ?? line(error)
  }

  private static func line(_ error: any Error) -> String {
    "\(type(of: error)): \("\(error)".excerpt(200))"
  }

  private func lines(level: Int) -> [String] {
    var lines = [headline]
    for error in errors.prefix(Self.widest) {
      if let group = error as? RunnerTaskGroupError {
        lines +=
          level < Self.deepest
          ? group.lines(level: level + 1).map { "  " + $0 } : ["  \(group.headline), …"]
      } else {
        lines.append("  " + Self.line(error))
      }
    }
    if errors.count > Self.widest { lines.append("  … and \(errors.count - Self.widest) more") }
    return lines
  }
}
