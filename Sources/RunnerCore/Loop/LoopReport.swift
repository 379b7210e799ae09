private import Glibc

/// Something that went wrong where nobody could catch it; mirrors asyncio's exception context.
public struct LoopReport: Sendable {
  public var message: String
  public var error: (any Error)?
  public var task: TaskID?

  /// Creates a report.
  public init(message: String, error: (any Error)? = nil, task: TaskID? = nil) {
    self.message = message
    self.error = error
    self.task = task
  }

  /// The report as text: the message, then `key: value` lines in the order of their keys.
  public var text: String {
    var lines = [message.isEmpty ? "Unhandled exception in event loop" : message]
    if let error { lines.append("error: \(type(of: error)): \(error)") }
    if let task { lines.append("task: \(task)") }
    return lines.joined(separator: "\n")
  }

  func writeToStandardError() {
    let line = text + "\n"
    line.withCString { start in
      _ = write(STDERR_FILENO, start, strlen(start))
    }
  }
}
