/// The calls that are made at the end of a task or a future, in the order in which they were added.
struct DoneCallbacks {
  /// None while there are none: an empty array is a reference too.
  private var callbacks: [ScheduledCallback]?
  var isEmpty: Bool { callbacks == nil }
  private var roomBeforeCleaning: UInt32 = 8
  /// How many of them were added before anybody waited.
  private var early: UInt32 = 0

  /// Adds a call, and returns cancelled ones that leave when they may have become many: what lives
  /// long is waited for often.
  mutating func append(
    _ callback: ScheduledCallback, hasWaiters: Bool
  ) -> [ScheduledCallback] {
    var cancelled: [ScheduledCallback] = []
    var callbacks = self.callbacks ?? []
    // The only reference, so that nothing is copied.
    self.callbacks = nil
    if callbacks.count >= roomBeforeCleaning {
      cancelled = callbacks.filter { $0.isCancelled }
      early -= UInt32(callbacks.prefix(Int(early)).count { $0.isCancelled })
      callbacks.removeAll { $0.isCancelled }
      roomBeforeCleaning = UInt32(max(8, 2 * callbacks.count))
    }
    callbacks.append(callback)
    if !hasWaiters { early = UInt32(callbacks.count) }
    self.callbacks = callbacks
    return cancelled
  }

  /// Removes all and returns them: those that were added before anybody waited, and the others.
  mutating func takeAll() -> (
    early: ArraySlice<ScheduledCallback>, late: ArraySlice<ScheduledCallback>
  ) {
    guard let callbacks else { return ([], []) }
    let early = Int(self.early)
    (self.callbacks, self.early) = (nil, 0)
    return (callbacks.prefix(early), callbacks.dropFirst(early))
  }
}
