/// Timers in order of their deadlines, equal ones in order of their creation: a 4-ary heap.
///
/// A timer that was given up stays in the heap until it is due or until such timers are in the
/// majority, as in asyncio.
struct TimerQueue {
  enum Target {
    case waiter(Waiter, generation: UInt32)
    case callback(ScheduledCallback)
    /// What ends a `Task.sleep`.
    case job(UnownedJob)

    var isDead: Bool {
      switch self {
      case .waiter(let waiter, let generation): !waiter.isParked(generation)
      case .callback(let callback): callback.isCancelled
      case .job: false
      }
    }
  }

  struct Entry {
    var deadline: Int64
    var sequence: UInt64
    var target: Target

    func precedes(_ other: Entry) -> Bool {
      deadline != other.deadline ? deadline < other.deadline : sequence < other.sequence
    }
  }

  private var heap: [Entry] = []
  private var nextSequence: UInt64 = 0
  private var compactionThreshold = 128

  var count: Int { heap.count }

  mutating func insert(_ target: Target, at deadline: Int64) {
    if heap.count >= compactionThreshold { compact() }
    heap.append(Entry(deadline: deadline, sequence: nextSequence, target: target))
    nextSequence &+= 1
    siftUp(heap.count - 1)
  }

  /// The deadline of the soonest live timer.
  mutating func nextDeadline() -> Int64? {
    while let first = heap.first {
      if !first.target.isDead { return first.deadline }
      removeFirst()
    }
    return nil
  }

  /// Removes the soonest timer if it is due by `now`.
  mutating func popDue(by now: Int64) -> Target? {
    while let first = heap.first, first.deadline <= now {
      removeFirst()
      if !first.target.isDead { return first.target }
    }
    return nil
  }

  mutating func removeAll() { heap = [] }

  /// The live timers, soonest first, at most `limit`, and how many there are.
  func live(limit: Int) -> (soonest: [Entry], count: Int) {
    let live = heap.filter { !$0.target.isDead }
    if live.count <= limit { return (live.sorted { $0.precedes($1) }, live.count) }
    var soonest: [Entry] = []
    for entry in live {
      if soonest.count == limit, let last = soonest.last, last.precedes(entry) { continue }
      let index = soonest.firstIndex { entry.precedes($0) } ?? soonest.count
      soonest.insert(entry, at: index)
      if soonest.count > limit { soonest.removeLast() }
    }
    return (soonest, live.count)
  }

  private mutating func compact() {
    let live = heap.filter { !$0.target.isDead }
    if live.count <= heap.count / 2 {
      heap = live
      if heap.count > 1 {
        for index in stride(from: heap.count / 4, through: 0, by: -1) { siftDown(index) }
      }
    }
    compactionThreshold = max(128, heap.count * 2)
  }

  private mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    siftDown(0)
  }

  private mutating func siftUp(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var index = start
      while index > 0 {
        let parent = (index - 1) >> 2
        guard heap[index].precedes(heap[parent]) else { return }
        heap.swapAt(index, parent)
        index = parent
      }
    }
  }

  private mutating func siftDown(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var index = start
      while true {
        let firstChild = index * 4 + 1
        guard firstChild < heap.count else { return }
        var smallest = firstChild
        for child in (firstChild + 1)..<max(firstChild + 1, min(firstChild + 4, heap.count))
        where heap[child].precedes(heap[smallest]) {
          smallest = child
        }
        guard heap[smallest].precedes(heap[index]) else { return }
        heap.swapAt(index, smallest)
        index = smallest
      }
    }
  }
}
