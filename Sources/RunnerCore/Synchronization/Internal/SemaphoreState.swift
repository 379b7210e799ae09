/// The slots of a semaphore and who waits for one.
///
/// A slot that is given back is promised to the first pending waiter at once: `free` does not count it.
struct SemaphoreState: ~Copyable {
  /// How many there were in the beginning.
  let slots: Int
  /// How many are neither taken nor promised.
  private(set) var free: Int
  private(set) var waiters = WaiterQueue()

  init(slots: Int) {
    self.slots = slots
    free = slots
  }

  /// No slot is free, or others are first in line.
  var isLocked: Bool { free == 0 || !waiters.holdsOnlyInterrupted }

  /// Takes a slot if one is free and nobody is before the caller.
  mutating func acquireAtOnce() -> Bool {
    if isLocked { return false }
    free -= 1
    return true
  }

  mutating func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// A wait is over; returns whom to wake.
  ///
  /// A slot that was promised to one that has been cancelled is free again. While tasks wait their turn,
  /// slots can pile up: all that are free are promised now.
  mutating func resume(_ ended: EndedWait) -> [Unmanaged<Waiter>] {
    let hasSlot = waiters.remove(ended.waiter)
    if hasSlot, ended.wasInterrupted { free += 1 }
    let woken = waiters.wake(atMost: free)
    free -= woken.count
    return woken
  }

  /// Gives a slot back; returns whom to wake.
  mutating func release() -> Unmanaged<Waiter>? {
    free += 1
    guard let next = waiters.wakeNext() else { return nil }
    free -= 1
    return next
  }
}
