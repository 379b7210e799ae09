/// Who has a lock and who waits for it; `free` → `held` → `free`.
///
/// When it is released, the first waiter is woken and the lock is free until that one goes on. Nobody
/// can get ahead of it meanwhile: a newcomer goes at once only when all that wait were cancelled.
struct LockState: ~Copyable {
  /// Who has the lock; `nil` while it is free.
  private(set) var holder: WaitHolder?
  private(set) var waiters = WaiterQueue()

  /// Takes the lock if nobody has it and nobody is before the caller.
  mutating func acquireAtOnce(_ caller: WaitHolder) -> Bool {
    guard holder == nil, waiters.holdsOnlyInterrupted else { return false }
    holder = caller
    return true
  }

  mutating func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// A wait is over: the caller has the lock, or the turn goes to the next; returns whom to wake.
  mutating func resume(_ ended: EndedWait, as caller: WaitHolder) -> Unmanaged<Waiter>? {
    _ = waiters.remove(ended.waiter)
    if ended.wasInterrupted { return holder == nil ? waiters.wakeFirst() : nil }
    holder = caller
    return nil
  }

  /// Frees the lock; returns whom to wake.
  mutating func release() -> Unmanaged<Waiter>? {
    holder = nil
    return waiters.wakeFirst()
  }
}
