/// `run` or `close` ended because of an interrupt; mirrors `KeyboardInterrupt`.
public struct RunnerInterrupted: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whether the main task is still alive: a second interrupt came before it had ended.
  public var mainIsPending: Bool

  /// What `close` had done when it was interrupted; `nil` for `run`.
  public var closeReport: CloseReport?

  /// The error on whose way out this one came: what the body of `withRunner` threw when `close` is
  /// interrupted; mirrors `__context__`.
  ///
  /// Equality does not look at it.
  public var context: (any Error)?

  /// Creates the error.
  public init(mainIsPending: Bool = false, closeReport: CloseReport? = nil) {
    self.mainIsPending = mainIsPending
    self.closeReport = closeReport
  }

  public var description: String { sentence + RunnerError.remark(on: context) }

  private var sentence: String {
    if closeReport != nil { return "The runner's close was interrupted." }
    return mainIsPending
      ? "The run was interrupted; its main task is still pending."
      : "The run was interrupted."
  }

  public static func == (left: RunnerInterrupted, right: RunnerInterrupted) -> Bool {
    left.mainIsPending == right.mainIsPending && left.closeReport == right.closeReport
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(mainIsPending)
    hasher.combine(closeReport)
  }
}
