/// The tasks that wait for one shared object, first come, first served.
///
/// A waiter stays in it from the moment it is parked until its task goes on, and is one of these:
///
/// - *pending*: nobody has ended its wait;
/// - *woken*: it was given what it waits for, and its task has not gone on yet;
/// - *interrupted*: its task was cancelled before that.
///
/// A woken one can still be cancelled. Then its task goes on with an error, and whoever takes it out
/// has to pass on what it was given: that is what `remove` returns.
///
/// A value: transitions return the waiters that their caller has to wake.
struct WaiterQueue {
  private struct Entry {
    var waiter: Waiter
    var isWoken = false

    var isPending: Bool { !isWoken && waiter.isParked }
    var isInterrupted: Bool { !isWoken && !waiter.isParked }
  }

  private var entries = FirstInFirstOut<Entry>()
  /// No entry before this one is pending.
  private var cursor = 0

  /// How many are in it, whatever they are.
  var count: Int { entries.count }

  /// How many have not been woken.
  var unwokenCount: Int {
    (0..<entries.count).reduce(0) { $0 + (entries[$1].isWoken ? 0 : 1) }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Whether all that are in it have been interrupted: who comes now may go first.
  var holdsOnlyInterrupted: Bool {
    (0..<entries.count).allSatisfy { entries[$0].isInterrupted }
  }

  mutating func append(_ waiter: Waiter) {
    entries.append(Entry(waiter: waiter))
  }

  /// Lets the first one be woken if it is pending; if it is not, its own end passes the turn on.
  mutating func wakeFirst() -> Waiter? {
    !isEmpty && entries[0].isPending ? wakeNext() : nil
  }

  /// Lets the first pending one be woken.
  mutating func wakeNext() -> Waiter? {
    while cursor < entries.count {
      defer { cursor += 1 }
      if entries[cursor].isPending {
        entries[cursor].isWoken = true
        return entries[cursor].waiter
      }
    }
    return nil
  }

  /// Lets up to so many of the pending ones be woken, in their order.
  mutating func wake(atMost limit: Int) -> [Waiter] {
    var woken: [Waiter] = []
    while woken.count < limit, let waiter = wakeNext() { woken.append(waiter) }
    return woken
  }

  mutating func wakeAll() -> [Waiter] { wake(atMost: .max) }

  /// Takes out one whose wait is over; returns whether it had been woken.
  mutating func remove(_ waiter: Waiter) -> Bool {
    guard let place = (0..<entries.count).first(where: { entries[$0].waiter === waiter }) else {
      return false
    }
    if place < cursor { cursor -= 1 }
    return entries.remove(at: place).isWoken
  }
}
