package import RunnerCore

/// How busy a loop is, from two looks at it.
package struct LoopRate: Hashable, Sendable {
  /// The part of the time in which it executed callbacks and steps, from 0 to 1.
  package var busyShare: Double
  /// `nil` when there was one look only.
  package var iterationsPerSecond: Double?

  package init(busyShare: Double, iterationsPerSecond: Double?) {
    self.busyShare = busyShare
    self.iterationsPerSecond = iterationsPerSecond
  }

  /// What one look tells: the share of the time in which somebody ran the loop.
  package init(since loop: LoopSnapshot) {
    let busy = DurationStyle.seconds(of: loop.busyTime)
    let all = busy + DurationStyle.seconds(of: loop.waitingTime)
    self.init(busyShare: all > 0 ? Self.share(busy / all) : 0, iterationsPerSecond: nil)
  }

  /// What two looks tell; `nil` when they were not at the same loop, or at the same time.
  package init?(from old: LoopSnapshot, to new: LoopSnapshot, elapsed: Duration) {
    let seconds = DurationStyle.seconds(of: elapsed)
    guard seconds > 0, new.iterations >= old.iterations, new.busyTime >= old.busyTime else {
      return nil
    }
    self.init(
      busyShare: Self.share(DurationStyle.seconds(of: new.busyTime - old.busyTime) / seconds),
      iterationsPerSecond: Double(new.iterations - old.iterations) / seconds)
  }

  private static func share(_ value: Double) -> Double { min(1, max(0, value)) }
}
