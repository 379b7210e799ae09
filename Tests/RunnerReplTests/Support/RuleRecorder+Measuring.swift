import GoldenTesting
import Testing

/// Times that a rule bounds.
extension RuleRecorder {
  /// Takes the time of something, and returns the sentence about it for the page.
  ///
  /// A test fails only when something hangs: machines are slow and busy. One that takes longer than its bound
  /// warns, and no page is written with such a figure.
  func measure(
    within bound: Duration, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) throws -> String {
    let start = ContinuousClock.now
    try body()
    let time = ContinuousClock.now - start
    let figure = "Measured: \(Self.text(time)); the rule allows \(Self.text(bound))."
    if time > bound {
      let sentence = "rule \(number): \(figure)"
      if Golden.isUpdating { throw Failure("\(sentence) The page is not written with that.") }
      Issue.record("\(sentence)", severity: .warning, sourceLocation: sourceLocation)
    }
    return figure
  }

  private static func text(_ time: Duration) -> String {
    let milliseconds = Int((time / .milliseconds(1)).rounded(.up))
    return milliseconds < 1000
      ? "\(milliseconds) ms"
      : milliseconds % 1000 == 0
        ? "\(milliseconds / 1000) s" : "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
  }
}
