/// `run` or `close` ended because of an interrupt; mirrors `KeyboardInterrupt`.
public struct RunnerInterrupted: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whether the main task is still alive: a second interrupt came before it had ended.
  public var mainIsPending: Bool

  /// What `close` had done when it was interrupted; `nil` for `run`.
  public var closeReport: CloseReport?

  /// Creates the error.
  public init(mainIsPending: Bool = false, closeReport: CloseReport? = nil) {
    self.mainIsPending = mainIsPending
    self.closeReport = closeReport
  }

  public var description: String {
    if closeReport != nil { return "The runner's close was interrupted." }
    return mainIsPending
      ? "The run was interrupted; its main task is still pending."
      : "The run was interrupted."
  }
}
