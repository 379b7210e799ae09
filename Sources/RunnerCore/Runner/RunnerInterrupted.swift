/// `run` or `close` ended because of an interrupt; mirrors `KeyboardInterrupt`.
public struct RunnerInterrupted: Error, Sendable, CustomStringConvertible {
  /// Whether the main task is still alive: a second interrupt came before it had ended.
  public var mainIsPending: Bool

  /// What `close` had done when it was interrupted; `nil` for `run`.
  public var closeReport: CloseReport?

  /// The errors of a task group that failed while it ended because of the interrupt.
  public var cause: (any Error)?

  /// Creates the error.
  public init(
    mainIsPending: Bool = false, closeReport: CloseReport? = nil, cause: (any Error)? = nil
  ) {
    self.mainIsPending = mainIsPending
    self.closeReport = closeReport
    self.cause = cause
  }

  public var description: String {
    if closeReport != nil { return "The runner's close was interrupted." }
    if mainIsPending { return "The run was interrupted; its main task is still pending." }
    guard let cause else { return "The run was interrupted." }
    return "The run was interrupted, and on its way out came \("\(cause)".excerpt(600))."
  }
}

/// Causes are compared by their types and their texts.
extension RunnerInterrupted: Hashable {
  private var causeText: String? { cause.map { "\(type(of: $0)): \($0)" } }

  public static func == (left: RunnerInterrupted, right: RunnerInterrupted) -> Bool {
    left.mainIsPending == right.mainIsPending && left.closeReport == right.closeReport
      && left.causeText == right.causeText
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(mainIsPending)
    hasher.combine(closeReport)
    hasher.combine(causeText)
  }
}
