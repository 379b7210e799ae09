/// How many items are in a queue, who waits for it, and what is not done yet.
///
/// An item belongs to nobody before a getter takes it: a getter that was woken finds it, or finds that
/// another came first and waits again; one that was woken and cancelled lets the next one look.
struct QueueState: ~Copyable {
  let maxSize: Int
  private(set) var count = 0
  private(set) var getters = WaiterQueue()
  private(set) var putters = WaiterQueue()
  private(set) var joiners = WaiterQueue()
  /// How many items have been put and not been told to be done.
  private(set) var unfinished = 0
  private(set) var isShutDown = false

  init(maxSize: Int) { self.maxSize = maxSize }

  var isEmpty: Bool { count == 0 }
  var isFull: Bool { maxSize > 0 && count >= maxSize }

  // MARK: Items

  /// Why no item can be put now, or `nil` when one can.
  var refusal: RunnerQueueError.Reason? { isShutDown ? .shutDown : isFull ? .full : nil }

  /// An item comes in, for which there is no refusal; returns whom to wake.
  mutating func put() -> Unmanaged<Waiter>? {
    count += 1
    unfinished += 1
    return getters.wakeNext()
  }

  /// An item leaves, of those that are there; returns whom to wake.
  mutating func get() -> Unmanaged<Waiter>? {
    count -= 1
    return putters.wakeNext()
  }

  /// One item is done; returns whom to wake, or `nil` when none was left to be done.
  mutating func finishOne() -> [Unmanaged<Waiter>]? {
    guard unfinished > 0 else { return nil }
    unfinished -= 1
    return unfinished == 0 ? joiners.wakeAll() : []
  }

  /// Ends the queue; returns whom to wake, and how many of the items are dropped.
  mutating func shutDown(immediate: Bool) -> (woken: [Unmanaged<Waiter>], dropped: Int) {
    isShutDown = true
    var woken: [Unmanaged<Waiter>] = []
    let dropped = immediate ? count : 0
    if immediate {
      count = 0
      unfinished = max(0, unfinished - dropped)
      if unfinished == 0 { woken = joiners.wakeAll() }
    }
    return (woken + getters.wakeAll() + putters.wakeAll(), dropped)
  }

  // MARK: Waiting

  mutating func appendGetter(_ waiter: Waiter) { getters.append(waiter) }

  mutating func appendPutter(_ waiter: Waiter) { putters.append(waiter) }

  mutating func appendJoiner(_ waiter: Waiter) { joiners.append(waiter) }

  /// A wait for an item is over; returns whom to wake in its place.
  mutating func resumeGetter(_ ended: EndedWait) -> Unmanaged<Waiter>? {
    let wasWoken = getters.remove(ended.waiter)
    return wasWoken && ended.wasInterrupted && !isEmpty ? getters.wakeNext() : nil
  }

  /// A wait for room is over; returns whom to wake in its place.
  mutating func resumePutter(_ ended: EndedWait) -> Unmanaged<Waiter>? {
    let wasWoken = putters.remove(ended.waiter)
    return wasWoken && ended.wasInterrupted && !isFull ? putters.wakeNext() : nil
  }

  mutating func resumeJoiner(_ ended: EndedWait) { _ = joiners.remove(ended.waiter) }
}
