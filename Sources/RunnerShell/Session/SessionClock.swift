private import Glibc

/// Time as commands that repeat see it; tests bring their own.
package protocol SessionClock: Sendable {
  /// The time of day: `14:03:59`.
  var timeOfDay: String { get }
  /// Time since an arbitrary moment, which only grows.
  var now: Duration { get }
  /// Waits so long; returns false when the pause was ended before.
  func wait(_ duration: Duration, in pause: Pause) -> Bool
}

/// The time of this machine.
package struct SystemClock: SessionClock {
  private static let start = ContinuousClock.now

  package init() {}

  package var timeOfDay: String {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return [parts.tm_hour, parts.tm_min, parts.tm_sec]
      .map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }

  package var now: Duration { Self.start.duration(to: .now) }

  package func wait(_ duration: Duration, in pause: Pause) -> Bool { pause.wait(duration) }
}
