/// Reads durations as they are typed: `5s`, `250ms`, `2m`, `1.5h`, and a plain number of seconds.
package enum DurationText {
  /// Returns the duration, or `nil` for text that is none; a negative one is none.
  package static func parse(_ text: String) -> Duration? {
    let units: [(String, Double)] = [
      ("ms", 0.001), ("us", 0.000_001), ("s", 1), ("m", 60), ("h", 3600), ("", 1),
    ]
    for (suffix, factor) in units where text.hasSuffix(suffix) {
      let digits = text.dropLast(suffix.count)
      guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
        let value = Double(digits), value * factor <= 1e9
      else { return nil }
      return .nanoseconds(Int64((value * factor * 1e9).rounded()))
    }
    return nil
  }
}
