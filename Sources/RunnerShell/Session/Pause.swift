private import Dispatch
private import Synchronization

/// A wait between two looks that Ctrl-C ends.
package final class Pause: Sendable {
  private let hasEnded = Atomic(false)
  private let end = DispatchSemaphore(value: 0)

  package init() {}

  /// Waits so long; returns false when the pause was ended before, also before it began.
  package func wait(_ duration: Duration) -> Bool {
    if hasEnded.load(ordering: .sequentiallyConsistent) { return false }
    let nanoseconds = min(DurationStyle.seconds(of: duration) * 1e9, 1e18)
    return end.wait(timeout: .now() + .nanoseconds(Int(nanoseconds))) == .timedOut
  }

  /// Ends the wait, now or as soon as it begins; may be called from any thread.
  package func stop() {
    hasEnded.store(true, ordering: .sequentiallyConsistent)
    end.signal()
  }
}
