/// First in, first out: a ring that grows; used only by the loop's owner, without a lock.
struct ReadyQueue: ~Copyable {
  private var storage: UnsafeMutablePointer<ReadyEntry>
  private var mask: Int
  private var head = 0
  private(set) var count = 0

  init() {
    storage = .allocate(capacity: 64)
    mask = 63
  }

  deinit {
    for offset in 0..<count { (storage + ((head &+ offset) & mask)).deinitialize(count: 1) }
    storage.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ entry: consuming ReadyEntry) {
    if count > mask { grow() }
    (storage + ((head &+ count) & mask)).initialize(to: entry)
    count &+= 1
  }

  /// Removes the oldest entry; the queue must not be empty.
  mutating func removeFirst() -> ReadyEntry {
    let entry = (storage + head).move()
    head = (head &+ 1) & mask
    count &-= 1
    return entry
  }

  mutating func removeAll() {
    while count > 0 { _ = removeFirst() }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<ReadyEntry>.allocate(capacity: (mask + 1) * 2)
    for offset in 0..<count {
      (larger + offset).initialize(to: (storage + ((head &+ offset) & mask)).move())
    }
    storage.deallocate()
    storage = larger
    mask = (mask + 1) * 2 - 1
    head = 0
  }
}
