/// What is in a queue, who waits for it, and what is not done yet.
///
/// An item belongs to nobody before a getter takes it: a getter that was woken finds it, or finds that
/// another came first and waits again; one that was woken and cancelled lets the next one look.
struct QueueState<Element> {
  let maxSize: Int
  private var items: QueueItems<Element>
  private(set) var getters = WaiterQueue()
  private(set) var putters = WaiterQueue()
  private(set) var joiners = WaiterQueue()
  /// How many items have been put and not been told to be done.
  private(set) var unfinished = 0
  private(set) var isShutDown = false

  init(maxSize: Int, items: QueueItems<Element>) {
    self.maxSize = maxSize
    self.items = items
  }

  var count: Int { items.count }
  var isEmpty: Bool { items.count == 0 }
  var isFull: Bool { maxSize > 0 && items.count >= maxSize }

  // MARK: Items

  /// Why no item can be put now, or `nil` when one can.
  var refusal: RunnerQueueError.Reason? { isShutDown ? .shutDown : isFull ? .full : nil }

  /// Takes an item in, unless there is a refusal; returns whom to wake.
  mutating func put(_ item: Element) -> Waiter? {
    items.append(item)
    unfinished += 1
    return getters.wakeNext()
  }

  /// Gives an item out, if there is one, and whom to wake.
  mutating func get() -> (item: Element, woken: Waiter?)? {
    items.next().map { ($0, putters.wakeNext()) }
  }

  /// One item is done; returns whom to wake, or `nil` when none was left to be done.
  mutating func finishOne() -> [Waiter]? {
    guard unfinished > 0 else { return nil }
    unfinished -= 1
    return unfinished == 0 ? joiners.wakeAll() : []
  }

  /// Ends the queue; returns whom to wake, and the items that are dropped.
  mutating func shutDown(immediate: Bool) -> (woken: [Waiter], dropped: [Element]) {
    isShutDown = true
    var woken: [Waiter] = []
    var dropped: [Element] = []
    if immediate {
      while let item = items.next() { dropped.append(item) }
      unfinished = max(0, unfinished - dropped.count)
      if unfinished == 0 { woken = joiners.wakeAll() }
    }
    return (woken + getters.wakeAll() + putters.wakeAll(), dropped)
  }

  // MARK: Waiting

  mutating func appendGetter(_ waiter: Waiter) { getters.append(waiter) }

  mutating func appendPutter(_ waiter: Waiter) { putters.append(waiter) }

  mutating func appendJoiner(_ waiter: Waiter) { joiners.append(waiter) }

  /// A wait for an item is over; returns whom to wake in its place.
  mutating func resumeGetter(_ ended: EndedWait) -> Waiter? {
    let wasWoken = getters.remove(ended.waiter)
    return wasWoken && ended.wasInterrupted && !isEmpty ? getters.wakeNext() : nil
  }

  /// A wait for room is over; returns whom to wake in its place.
  mutating func resumePutter(_ ended: EndedWait) -> Waiter? {
    let wasWoken = putters.remove(ended.waiter)
    return wasWoken && ended.wasInterrupted && !isFull ? putters.wakeNext() : nil
  }

  mutating func resumeJoiner(_ ended: EndedWait) { _ = joiners.remove(ended.waiter) }
}
