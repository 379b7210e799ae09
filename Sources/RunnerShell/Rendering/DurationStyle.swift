/// Writes durations for people.
package enum DurationStyle {
  /// Returns a duration as it stands in a sentence: `40 µs`, `0.4 ms`, `12 ms`, `0.31 s`, `2.0 s`.
  package static func sentence(_ duration: Duration, _ spec: RenderSpec = RenderSpec()) -> String {
    let seconds = seconds(of: duration)
    guard seconds >= 0 else { return "-" + sentence(.zero - duration, spec) }
    return switch seconds {
    case 0: "0 ms"
    case ..<0.000_095: "\(fixed(seconds * 1_000_000, 0)) \(spec.glyphs.micro)s"
    case ..<0.009_95: "\(fixed(seconds * 1000, 1)) ms"
    case ..<0.099_5: "\(fixed(seconds * 1000, 0)) ms"
    case ..<0.995: "\(fixed(seconds, 2)) s"
    case ..<99.95: "\(fixed(seconds, 1)) s"
    default: parts(seconds, units: (" d", " h", " min", " s"), separator: " ")
    }
  }

  /// Returns a duration as it stands in a table: `0.31s`, `14.2s`, `3m12s`, `2h5m`.
  package static func column(_ duration: Duration) -> String {
    let seconds = seconds(of: duration)
    guard seconds >= 0 else { return "-" + column(.zero - duration) }
    return switch seconds {
    case ..<0.995: "\(fixed(seconds, 2))s"
    case ..<99.95: "\(fixed(seconds, 1))s"
    default: parts(seconds, units: ("d", "h", "m", "s"), separator: "")
    }
  }

  /// Returns the duration in seconds.
  package static func seconds(of duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  /// Returns a number with so many digits after the point.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    var factor = 1.0
    for _ in 0..<digits { factor *= 10 }
    let scaled = (value * factor).rounded()
    guard scaled.magnitude < 9e18 else { return "\(value)" }
    let number = Int(scaled)
    guard digits > 0 else { return "\(number)" }
    let sign = number < 0 ? "-" : ""
    let (whole, rest) = number.magnitude.quotientAndRemainder(dividingBy: UInt(factor))
    let fraction = String(rest)
    return sign + "\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// Returns the two largest units of a long duration.
  private static func parts(
    _ seconds: Double, units: (String, String, String, String), separator: String
  ) -> String {
    guard seconds < 9e15 else { return "\(seconds)\(units.3)" }
    let total = Int(seconds.rounded())
    let (days, hours, minutes) = (total / 86400, total / 3600 % 24, total / 60 % 60)
    if days > 0 { return "\(days)\(units.0)\(separator)\(hours)\(units.1)" }
    if total >= 3600 { return "\(hours)\(units.1)\(separator)\(minutes)\(units.2)" }
    return "\(minutes)\(units.2)\(separator)\(total % 60)\(units.3)"
  }
}
