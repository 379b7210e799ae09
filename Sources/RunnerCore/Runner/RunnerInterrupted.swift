/// A run or a close ended because of an interrupt; mirrors `KeyboardInterrupt`.
public struct RunnerInterrupted: Error, Sendable {
  /// Whether the main task is still alive, to be continued by the next run or cancelled by `close`.
  public var mainIsPending: Bool

  /// What `close` had done when it was interrupted; `nil` for `run`.
  public var closeReport: CloseReport?

  /// The error that it took the place of; mirrors `__context__`.
  ///
  /// The errors of a task group that failed while it ended because of the interrupt, or what the body of
  /// `withRunner` threw when `close` is interrupted.
  public var context: (any Error)?

  /// Creates the error.
  public init(
    mainIsPending: Bool = false, closeReport: CloseReport? = nil, context: (any Error)? = nil
  ) {
    self.mainIsPending = mainIsPending
    self.closeReport = closeReport
    self.context = context
  }
}

extension RunnerInterrupted: CustomStringConvertible {
  public var description: String { sentence + RunnerError.remark(on: context) }

  private var sentence: String {
    if closeReport != nil { return "The runner's close was interrupted." }
    return mainIsPending
      ? "The run was interrupted; its main task is still pending."
      : "The run was interrupted."
  }
}

/// Equality does not look at the context.
extension RunnerInterrupted: Hashable {
  public static func == (left: RunnerInterrupted, right: RunnerInterrupted) -> Bool {
    left.mainIsPending == right.mainIsPending && left.closeReport == right.closeReport
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(mainIsPending)
    hasher.combine(closeReport)
  }
}
