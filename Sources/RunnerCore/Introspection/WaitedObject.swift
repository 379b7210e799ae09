/// What kind of object a task waits for, and what it wants of it.
public enum WaitedObject: String, Hashable, Sendable, CaseIterable {
  /// A `RunnerLock` that another task holds.
  case lock
  /// A `RunnerEvent` that is not set.
  case event
  /// A `RunnerCondition` that nobody has notified.
  case condition
  /// A `RunnerSemaphore` without a free slot.
  case semaphore
  /// A `RunnerBarrier` that more tasks must come to.
  case barrier
  /// An empty `RunnerQueue`.
  case queueItem
  /// A full `RunnerQueue`.
  case queueSpace
  /// A `RunnerQueue` with items that are not done.
  case queueJoin
  /// Synchronous work on another thread.
  case executor
  /// The next value of a `RunnerGenerator`.
  case generator
}
