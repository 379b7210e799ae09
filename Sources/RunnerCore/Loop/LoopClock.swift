private import CRunnerRuntime
private import Synchronization

/// A moment of a loop's clock, counted from an arbitrary origin; mirrors `loop.time()`.
public struct LoopInstant: Hashable, Sendable, InstantProtocol {
  /// Nanoseconds since the clock's origin.
  public var nanoseconds: Int64

  /// Creates the moment that many nanoseconds after the clock's origin.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  public static func < (left: LoopInstant, right: LoopInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  public func advanced(by duration: Duration) -> LoopInstant {
    LoopInstant(nanoseconds: nanoseconds.addingSaturated(duration.wholeNanoseconds))
  }

  public func duration(to other: LoopInstant) -> Duration {
    .nanoseconds(other.nanoseconds) - .nanoseconds(nanoseconds)
  }
}

/// What a loop takes its time from; may be read from any thread.
public protocol LoopClock: AnyObject, Sendable {
  /// The name that snapshots show.
  var name: String { get }

  /// The present moment; never goes backwards.
  var now: LoopInstant { get }
}

/// The system's monotonic clock.
public final class MonotonicClock: LoopClock {
  /// The one that loops have which are given none.
  @usableFromInline static let shared = MonotonicClock()

  /// Creates a reader of the system's monotonic clock.
  public init() {}

  public var name: String { "monotonic" }

  public var now: LoopInstant { LoopInstant(nanoseconds: runner_monotonic_now()) }
}

/// A clock that moves only when it is told to.
///
/// A loop whose selector is `VirtualSelector` moves it to the next deadline whenever nothing is
/// ready, so that an hour of sleeping takes no time and every run is the same.
public final class VirtualClock: LoopClock {
  private let nanoseconds = Atomic<Int64>(0)

  /// Creates a clock that shows its origin.
  public init() {}

  public var name: String { "virtual" }

  public var now: LoopInstant { LoopInstant(nanoseconds: nanoseconds.load(ordering: .relaxed)) }

  /// Moves the clock forward; may be called from any thread.
  public func advance(by duration: Duration) {
    let step = max(0, duration.wholeNanoseconds)
    nanoseconds.wrappingAdd(step, ordering: .relaxed)
  }
}
