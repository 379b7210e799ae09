private import RunnerCore

/// Notes what happened, in its order; may be used from any thread.
public final class Recorder<Event: Sendable>: Sendable {
  private let storage = LockedValue<[Event]>([])

  /// Creates a recorder that has noted nothing.
  public init() {}

  /// Notes an event.
  public func note(_ event: Event) {
    storage.withLock { $0.append(event) }
  }

  /// What was noted so far.
  public var events: [Event] { storage.withLock { $0 } }
}
