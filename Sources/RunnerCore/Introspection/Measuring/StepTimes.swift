/// How long the steps of a loop took, its plain calls included, since it began to measure.
///
/// In real time, also on a loop of virtual time. The percentiles are right to one percent.
public struct StepTimes: Hashable, Sendable {
  /// How many there were.
  public var count: UInt64
  /// Half of them took no longer than this.
  public var median: Duration
  public var percentile90: Duration
  public var percentile99: Duration
  /// The longest, exactly.
  public var maximum: Duration

  public init(
    count: UInt64, median: Duration, percentile90: Duration, percentile99: Duration,
    maximum: Duration
  ) {
    self.count = count
    self.median = median
    self.percentile90 = percentile90
    self.percentile99 = percentile99
    self.maximum = maximum
  }
}

extension StepTimes {
  /// The percentiles of a histogram; `nil` when nothing has been counted.
  init?(_ histogram: DurationHistogram) {
    guard histogram.count > 0 else { return nil }
    self.init(
      count: histogram.count, median: .nanoseconds(histogram.value(atPercentile: 50)),
      percentile90: .nanoseconds(histogram.value(atPercentile: 90)),
      percentile99: .nanoseconds(histogram.value(atPercentile: 99)),
      maximum: .nanoseconds(histogram.maximum))
  }
}
