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
/// A value: transitions return the waiters that their caller has to wake. It keeps no references: a waiter
/// lives as long as its task, and that of a child task is kept until it is taken out.
struct WaiterQueue: ~Copyable {
  private struct Entry {
    let waiter: Unmanaged<Waiter>
    var isWoken = false

    var isPending: Bool { !isWoken && isParked }
    var isInterrupted: Bool { !isWoken && !isParked }
    private var isParked: Bool { waiter._withUnsafeGuaranteedRef { $0.isParked } }
  }

  private var entries = Ring<Entry>()
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

  @inline(__always)
  mutating func append(_ waiter: Waiter) {
    if waiter.task == nil { _ = Unmanaged.passRetained(waiter) }
    entries.append(Entry(waiter: .passUnretained(waiter)))
  }

  /// Lets the first one be woken if it is pending; if it is not, its own end passes the turn on.
  mutating func wakeFirst() -> Unmanaged<Waiter>? {
    !isEmpty && entries[0].isPending ? wakeNext() : nil
  }

  /// Lets the first pending one be woken.
  mutating func wakeNext() -> Unmanaged<Waiter>? {
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
  mutating func wake(atMost limit: Int) -> [Unmanaged<Waiter>] {
    var woken: [Unmanaged<Waiter>] = []
    while woken.count < limit, let waiter = wakeNext() { woken.append(waiter) }
    return woken
  }

  mutating func wakeAll() -> [Unmanaged<Waiter>] { wake(atMost: .max) }

  /// Takes out one whose wait is over; returns whether it had been woken.
  ///
  /// It must be in it.
  mutating func remove(_ waiter: Unmanaged<Waiter>) -> Bool {
    var place = 0
    while entries[place].waiter.toOpaque() != waiter.toOpaque() { place += 1 }
    if place < cursor { cursor -= 1 }
    let entry = entries.remove(at: place)
    if waiter._withUnsafeGuaranteedRef({ $0.task == nil }) { waiter.release() }
    return entry.isWoken
  }
}
