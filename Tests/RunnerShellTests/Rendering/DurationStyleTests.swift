import RunnerShell
import Testing

@Suite struct DurationStyleTests {
  @Test(arguments: [
    (0, "0 ms", "0.00s"), (40, "40 µs", "0.00s"), (400, "0.4 ms", "0.00s"),
    (1200, "1.2 ms", "0.00s"), (9999, "10 ms", "0.01s"), (12_000, "12 ms", "0.01s"),
    (310_000, "0.31 s", "0.31s"), (999_000, "1.0 s", "1.0s"), (2_000_000, "2.0 s", "2.0s"),
    (14_200_000, "14.2 s", "14.2s"), (-40_000, "-40 ms", "-0.04s"),
    (125_000_000, "2 min 5 s", "2m5s"), (7_500_000_000, "2 h 5 min", "2h5m"),
    (180_000_000_000, "2 d 2 h", "2d2h"),
  ])
  func `a duration has one form in sentences and one in tables`(
    microseconds: Int, sentence: String, column: String
  ) {
    #expect(DurationStyle.sentence(.microseconds(microseconds)) == sentence)
    #expect(DurationStyle.column(.microseconds(microseconds)) == column)
  }
}
