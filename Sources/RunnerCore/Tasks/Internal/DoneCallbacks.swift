/// The calls that are made at the end of a task or a future, in the order in which they were added.
struct DoneCallbacks {
  private var callbacks: [ScheduledCallback] = []
  private var roomBeforeCleaning = 8

  /// Adds a call, and returns cancelled ones that leave when they may have become many: what lives
  /// long is waited for often.
  mutating func append(_ callback: ScheduledCallback) -> [ScheduledCallback] {
    var cancelled: [ScheduledCallback] = []
    if callbacks.count >= roomBeforeCleaning {
      cancelled = callbacks.filter { $0.isCancelled }
      callbacks.removeAll { $0.isCancelled }
      roomBeforeCleaning = max(8, 2 * callbacks.count)
    }
    callbacks.append(callback)
    return cancelled
  }

  /// Removes all and returns them.
  mutating func takeAll() -> [ScheduledCallback] {
    defer { callbacks = [] }
    return callbacks
  }
}
