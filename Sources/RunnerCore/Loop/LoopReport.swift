private import Glibc

/// Something that went wrong where nobody could catch it.
///
/// Mirrors the dictionary that `loop.call_exception_handler()` takes.
public struct LoopReport: Sendable {
  /// What happened; an empty one reads "Unhandled exception in event loop".
  public var message: String

  /// What was thrown.
  public var error: (any Error)?

  /// The task that it is about.
  public var task: TaskID?

  /// The number of the future that it is about.
  public var future: UInt64?

  /// Where the callback was scheduled that it is about.
  public var callback: SourceSite?

  /// Where the task or the future was made that it is about.
  public var creationSite: SourceSite?

  /// What else there is to say, by name.
  public var details: [String: String]

  /// The context in which the exception handler is called.
  var context: SharedRunnerContext?

  /// Creates a report.
  public init(
    message: String = "", error: (any Error)? = nil, task: TaskID? = nil,
    details: [String: String] = [:]
  ) {
    self.message = message
    self.error = error
    self.task = task
    self.details = details
  }

  /// The report as text: the message, then `key: value` lines in the order of their keys.
  ///
  /// Further lines of a value are indented.
  public var text: String {
    var values = details
    if let callback { values["callback"] = callback.description }
    if let creationSite { values["created"] = creationSite.description }
    if let error { values["error"] = "\(type(of: error)): \(error)" }
    if let future { values["future"] = values["future"] ?? "\(future)" }
    if let task { values["task"] = values["task"] ?? "\(task)" }
    var lines = [message.isEmpty ? "Unhandled exception in event loop" : message]
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      lines.append("\(key): " + value.split(separator: "\n").joined(separator: "\n  "))
    }
    return lines.joined(separator: "\n")
  }

  /// Writes the text to standard error; mirrors `loop.default_exception_handler()`.
  ///
  /// May be called from any thread.
  public func writeToStandardError() {
    let line = text + "\n"
    line.withCString { start in
      _ = write(STDERR_FILENO, start, strlen(start))
    }
  }
}

extension LoopReport {
  /// Creates a report about a task, which it describes as it is now.
  init(message: String, error: (any Error)? = nil, about task: AnyRunnerTask) {
    self.init(message: message, error: error, task: task.id)
    creationSite = task.creationSite
    details["task"] = task.description
    context = task.context
  }

  /// Creates a report about a callback.
  init(message: String, error: (any Error)? = nil, about callback: ScheduledCallback) {
    self.init(message: message, error: error)
    self.callback = callback.site
    context = callback.context
  }
}
