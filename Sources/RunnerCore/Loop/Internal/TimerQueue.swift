private import CRunnerRuntime

/// Timers in order of their deadlines, equal ones in order of their creation: a 4-ary heap.
///
/// A timer that was given up stays in the heap until it is due, or until there are many timers more. Entries are plain words, of which four lie in one or two lines of a cache.
struct TimerQueue: ~Copyable {
  enum Target {
    case waiter(Waiter, generation: UInt32)
    case callback(ScheduledCallback)
    /// What ends a `Task.sleep`.
    case job(UnownedJob)
  }

  struct Entry {
    var deadline: Int64
    /// Counts the timers, and begins again after four billion.
    fileprivate var sequence: UInt32
    fileprivate var generation: UInt32 = 0
    /// The address of the target, in whose lowest bits its kind is; the entry holds a reference to it.
    fileprivate var word: UInt

    @inline(__always)
    fileprivate func precedes(_ other: Entry) -> Bool {
      deadline != other.deadline
        ? deadline < other.deadline : Int32(bitPattern: sequence &- other.sequence) < 0
    }
  }

  private var heap: UnsafeMutablePointer<Entry>
  private var capacity = 16
  private(set) var count = 0
  private var nextSequence: UInt32 = 0
  private var compactionThreshold = 128
  // Taken out because they were given up. What they refer to may end with them and use the queue, so it is
  // released outside of the queue's own calls.
  private var givenUp: [Entry] = []

  init() { heap = .allocate(capacity: capacity) }

  deinit {
    for index in 0..<count { heap[index].release() }
    for entry in givenUp { entry.release() }
    heap.deallocate()
  }

  /// Whether `takeGivenUp` is due.
  var hasGivenUp: Bool { !givenUp.isEmpty }

  /// What is to be released, which letting go of the result does.
  mutating func takeGivenUp() -> GivenUp {
    defer { givenUp = [] }
    return GivenUp(entries: givenUp)
  }

  struct GivenUp: ~Copyable {
    fileprivate let entries: [Entry]

    deinit {
      for (index, entry) in entries.enumerated() {
        if index + 8 < entries.count { runner_prefetch(entries[index + 8].address) }
        entry.release()
      }
    }
  }

  /// Adds a timer, after which something may be given up.
  mutating func insert(_ target: Target, at deadline: Int64) {
    if count >= compactionThreshold { compact() }
    if count == capacity { grow() }
    let entry = Entry(target, deadline: deadline, sequence: nextSequence)
    nextSequence &+= 1
    count += 1
    siftUp(entry, from: count - 1)
  }

  /// The deadline of the soonest live timer.
  mutating func nextDeadline() -> Int64? {
    var removed = 0
    while count > 0 {
      if !heap[0].isDead { return heap[0].deadline }
      givenUp.append(removeFirst())
      removed += 1
      // Where many were given up at once, all are looked at, which is faster than taking out one by one.
      if removed > 32, removed * 32 > count {
        compact()
        removed = 0
      }
    }
    return nil
  }

  /// Removes the soonest timer if it is due by `now`.
  mutating func popDue(by now: Int64) -> Target? {
    while count > 0, heap[0].deadline <= now {
      let entry = removeFirst()
      if !entry.isDead { return entry.takeTarget() }
      givenUp.append(entry)
    }
    return nil
  }

  mutating func removeAll() {
    while count > 0 {
      count -= 1
      givenUp.append(heap[count])
    }
  }

  /// The live timers, soonest first, at most `limit`, and how many there are.
  func live(limit: Int) -> (soonest: [Entry], count: Int) {
    var soonest: [Entry] = []
    var live = 0
    for index in 0..<count where !heap[index].isDead {
      live += 1
      let entry = heap[index]
      if soonest.count == limit, let last = soonest.last, last.precedes(entry) { continue }
      let place = soonest.firstIndex { entry.precedes($0) } ?? soonest.count
      soonest.insert(entry, at: place)
      if soonest.count > limit { soonest.removeLast() }
    }
    return (soonest, live)
  }

  // MARK: The heap

  /// Takes all out that were given up; asked for when there are twice as many as were left the last time.
  private mutating func compact() {
    var kept = 0
    for index in 0..<count {
      if index + 8 < count { runner_prefetch(heap[index + 8].address) }
      if heap[index].isDead {
        givenUp.append(heap[index])
      } else {
        heap[kept] = heap[index]
        kept += 1
      }
    }
    if kept < count {
      count = kept
      for index in stride(from: (count - 2) >> 2, through: 0, by: -1) where count > 1 {
        siftDown(heap[index], from: index)
      }
    }
    compactionThreshold = max(128, count * 2)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: heap, count: count)
    heap.deallocate()
    heap = larger
    capacity *= 2
  }

  private mutating func removeFirst() -> Entry {
    let first = heap[0]
    count -= 1
    if count > 0 {
      siftDown(heap[count], from: 0)
      // Of what will be due next it will be asked whether it still waits.
      runner_prefetch(heap[0].address)
    }
    return first
  }

  /// Puts an entry into the hole at `start`, or above it.
  private func siftUp(_ entry: Entry, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) >> 2
      guard entry.precedes(heap[parent]) else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  /// Puts an entry into the hole at `start`, or below it.
  private func siftDown(_ entry: Entry, from start: Int) {
    var hole = start
    while true {
      let firstChild = hole * 4 + 1
      guard firstChild < count else { break }
      var smallest = firstChild
      for child in firstChild + 1..<max(firstChild + 1, min(firstChild + 4, count))
      where heap[child].precedes(heap[smallest]) {
        smallest = child
      }
      guard heap[smallest].precedes(entry) else { break }
      heap[hole] = heap[smallest]
      hole = smallest
    }
    heap[hole] = entry
  }
}

extension TimerQueue.Entry {
  private static let waiter: UInt = 0
  private static let callback: UInt = 1
  private static let job: UInt = 2
  private static let kinds: UInt = 3

  fileprivate init(_ target: TimerQueue.Target, deadline: Int64, sequence: UInt32) {
    (self.deadline, self.sequence) = (deadline, sequence)
    switch target {
    case .waiter(let waiter, let generation):
      self.generation = generation
      word = UInt(bitPattern: Unmanaged.passRetained(waiter).toOpaque()) | Self.waiter
    case .callback(let callback):
      word = UInt(bitPattern: Unmanaged.passRetained(callback).toOpaque()) | Self.callback
    case .job(let job): word = job.address | Self.job
    }
  }

  fileprivate var address: UInt { word & ~Self.kinds }

  /// Whose end or call it is; the entry keeps its reference.
  var target: TimerQueue.Target {
    if let waiter { return .waiter(waiter.takeUnretainedValue(), generation: generation) }
    if let callback { return .callback(callback.takeUnretainedValue()) }
    return .job(unsafeBitCast(address, to: UnownedJob.self))
  }

  /// The same for an entry that was taken out.
  fileprivate func takeTarget() -> TimerQueue.Target {
    if let waiter { return .waiter(waiter.takeRetainedValue(), generation: generation) }
    if let callback { return .callback(callback.takeRetainedValue()) }
    return target
  }

  fileprivate func release() {
    waiter?.release()
    callback?.release()
  }

  /// Whether it was given up.
  fileprivate var isDead: Bool {
    if let waiter { return waiter._withUnsafeGuaranteedRef { !$0.isParked(generation) } }
    if let callback { return callback._withUnsafeGuaranteedRef { $0.isCancelled } }
    return false
  }

  private var waiter: Unmanaged<Waiter>? {
    guard word & Self.kinds == Self.waiter, let pointer = UnsafeRawPointer(bitPattern: word) else {
      return nil
    }
    return .fromOpaque(pointer)
  }

  private var callback: Unmanaged<ScheduledCallback>? {
    guard word & Self.kinds == Self.callback, let pointer = UnsafeRawPointer(bitPattern: address)
    else { return nil }
    return .fromOpaque(pointer)
  }
}
