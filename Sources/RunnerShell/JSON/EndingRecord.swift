package import RunnerCore

/// How a task ended, in a document.
package struct EndingRecord: Encodable, Sendable {
  /// `returned`, `failed` or `cancelled`.
  package var outcome: String
  @Nullable package var value: ValueRecord?
  @Nullable package var error: ErrorRecord?
  @Nullable package var message: String?
  package var elapsed: Double
  package var wasRead: Bool

  package init(_ ending: TaskEnding) {
    elapsed = DurationStyle.seconds(of: ending.elapsed)
    wasRead = ending.wasRead
    switch ending.outcome {
    case .returned(let result):
      outcome = "returned"
      value = result.map(ValueRecord.init)
    case .failed(let failure):
      outcome = "failed"
      error = ErrorRecord(failure)
    case .cancelled(let text):
      outcome = "cancelled"
      message = text
    }
  }
}
