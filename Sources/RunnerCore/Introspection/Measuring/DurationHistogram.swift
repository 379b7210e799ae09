/// How often durations of which length occurred; percentiles are right to one percent.
///
/// Buckets are one nanosecond wide up to 128 ns, and from there on a 64th of the power of two that
/// they are in: log-linear, as HdrHistogram has it. The array is as long as the longest duration needs,
/// 30 KB at most.
struct DurationHistogram: Sendable {
  private var counts: [UInt64] = []
  /// How many durations there are.
  private(set) var count: UInt64 = 0
  /// The longest one, exactly.
  private(set) var maximum: Int64 = 0

  /// Counts a duration in nanoseconds; a negative one as zero.
  mutating func record(_ nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    let index = Self.bucket(of: UInt64(value))
    if index >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count))
    }
    counts[index] += 1
    count += 1
    maximum = max(maximum, value)
  }

  /// The duration that so many percent of all do not exceed, in nanoseconds; zero when there is none.
  func value(atPercentile percentile: Double) -> Int64 {
    guard count > 0 else { return 0 }
    let rank = max(1, (Double(count) * percentile / 100).rounded(.up))
    var seen: UInt64 = 0
    for (index, occurrences) in counts.enumerated() {
      seen += occurrences
      if Double(seen) >= rank { return min(maximum, Self.middle(of: index)) }
    }
    return maximum
  }

  private static let exactValues = 128
  private static let bucketsOfPower = 64

  private static func bucket(of value: UInt64) -> Int {
    guard value >= exactValues else { return Int(value) }
    // So that seven bits remain.
    let shift = 57 - value.leadingZeroBitCount
    return exactValues + (shift - 1) * bucketsOfPower + Int(value >> shift) - bucketsOfPower
  }

  private static func middle(of index: Int) -> Int64 {
    guard index >= exactValues else { return Int64(index) }
    let (power, place) = (index - exactValues).quotientAndRemainder(dividingBy: bucketsOfPower)
    let width = Int64(1) << Int64(power + 1)
    return Int64(place + bucketsOfPower) * width + width / 2
  }
}
