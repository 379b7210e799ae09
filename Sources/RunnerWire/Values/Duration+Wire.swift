/// Times travel as integer nanoseconds.
extension Duration {
  /// The time in nanoseconds, cut to what an `Int64` holds (292 years) and rounded towards zero.
  package var wireNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowedToo) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    if overflowed || overflowedToo { return seconds < 0 ? .min : .max }
    return sum
  }

  /// Creates the time of so many nanoseconds.
  package init(wireNanoseconds: Int64) {
    self = .nanoseconds(wireNanoseconds)
  }
}
