/// A queue could not take or give an item; mirrors `asyncio.QueueEmpty`, `QueueFull` and
/// `QueueShutDown`.
public struct RunnerQueueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why not.
  public enum Reason: Hashable, Sendable {
    /// `getNow()` found nothing.
    case empty
    /// `putNow(_:)` found no room.
    case full
    /// The queue has been shut down.
    case shutDown
  }

  /// Why not.
  public let reason: Reason

  /// One full sentence: what happened, to which queue, and what to do next.
  public let message: String

  public var description: String { message }
}
