/// How far a barrier is; `filling` → `draining` → `filling`, with `resetting` and `broken` on the side.
struct BarrierState: ~Copyable {
  enum Phase: String {
    /// Tasks come in and wait for the others. → `draining` with the last one, → `resetting`, `broken`.
    case filling
    /// All have come and are leaving; who comes now waits outside. → `filling` when all have left, →
    /// `resetting`, `broken`.
    case draining
    /// Those inside leave with an error; who comes now waits outside. → `filling`, `broken`.
    case resetting
    /// Everyone gets an error. → `filling` by a reset when nobody is inside, otherwise `resetting`.
    case broken
  }

  let parties: Int
  private(set) var phase = Phase.filling
  /// How many are inside: they have come and not left.
  private(set) var inside = 0
  private(set) var waiters = WaiterQueue()

  init(parties: Int) { self.parties = parties }

  /// Whether who comes has to wait outside.
  var isClosed: Bool { phase == .draining || phase == .resetting }

  /// Lets the caller in; returns its index, and whom to wake when it is the last one.
  mutating func enter() -> (index: Int, isLast: Bool, woken: [Unmanaged<Waiter>]) {
    let index = inside
    inside += 1
    guard inside == parties else { return (index, false, []) }
    phase = .draining
    return (index, true, waiters.wakeAll())
  }

  /// Lets the caller out; returns whom to wake.
  mutating func leave() -> [Unmanaged<Waiter>] {
    inside -= 1
    guard inside == 0 else { return [] }
    if isClosed { phase = .filling }
    return waiters.wakeAll()
  }

  mutating func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// A wait is over; returns whom to wake in the place of one that was cancelled.
  mutating func resume(_ ended: EndedWait) -> Unmanaged<Waiter>? {
    _ = waiters.remove(ended.waiter)
    return ended.wasInterrupted ? waiters.wakeNext() : nil
  }

  mutating func reset() -> [Unmanaged<Waiter>] {
    phase = inside > 0 ? .resetting : .filling
    return waiters.wakeAll()
  }

  mutating func abort() -> [Unmanaged<Waiter>] {
    phase = .broken
    return waiters.wakeAll()
  }
}
