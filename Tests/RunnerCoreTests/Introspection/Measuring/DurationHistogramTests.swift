import Testing

@testable import RunnerCore

@Suite struct DurationHistogramTests {
  private func histogram(of values: [Int64]) -> DurationHistogram {
    var histogram = DurationHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  @Test func `an empty histogram has no durations`() {
    #expect(DurationHistogram().value(atPercentile: 50) == 0)
    #expect(StepTimes(DurationHistogram()) == nil)
  }

  @Test func `small durations are exact`() {
    let histogram = histogram(of: Array(0..<128))
    #expect(histogram.value(atPercentile: 50) == 63)
    #expect(histogram.value(atPercentile: 99) == 126)
    #expect(histogram.value(atPercentile: 100) == 127)
    #expect(histogram.value(atPercentile: 0) == 0)
  }

  @Test(arguments: [1 as UInt64, 2, 3])
  func `percentiles of any mixture are right to one percent`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<20_000).map { _ in
      Int64.random(in: 0...(1 << Int64.random(in: 1...62, using: &generator)), using: &generator)
    }
    let histogram = histogram(of: values)
    let sorted = values.sorted()
    for percentile in [1.0, 25, 50, 90, 99, 99.9] {
      let rank = Int((Double(values.count) * percentile / 100).rounded(.up))
      let exact = Double(sorted[rank - 1])
      let found = Double(histogram.value(atPercentile: percentile))
      #expect(abs(found - exact) <= exact / 100, "\(percentile): \(found) for \(exact)")
    }
    #expect(histogram.value(atPercentile: 100) <= sorted[sorted.count - 1])
    #expect(histogram.maximum == sorted[sorted.count - 1])
    #expect(histogram.count == 20_000)
  }

  @Test func `every power of two and its neighbours are right to one percent`() {
    for power in 0..<63 {
      let value = Int64(1) << Int64(power)
      for exact in [value - 1, value, value + 1] {
        let found = histogram(of: [exact, .max]).value(atPercentile: 50)
        #expect((found - exact).magnitude <= exact.magnitude / 100, "\(exact): \(found)")
      }
    }
  }

  @Test func `the longest duration there is and a negative one are counted`() {
    let histogram = histogram(of: [.max, -5])
    #expect(histogram.maximum == .max)
    #expect(histogram.value(atPercentile: 50) == 0)
    #expect(histogram.value(atPercentile: 100) > .max / 100 * 99)
  }
}
