/// The live tasks of a loop, each in the slot that it was given; guarded by the registry's lock.
///
/// Memory of its own and not arrays: of these each access would count references and look whether it is the
/// only one.
final class TaskSlots {
  private var slots: UnsafeMutablePointer<Unmanaged<AnyRunnerTask>?>
  /// The numbers of free slots below `used`.
  private var free: UnsafeMutablePointer<Int>
  private var capacity = 16
  private var used = 0
  private var freeCount = 0

  init() {
    slots = .allocate(capacity: capacity)
    free = .allocate(capacity: capacity)
  }

  deinit {
    for slot in 0..<used { slots[slot]?.release() }
    slots.deallocate()
    free.deallocate()
  }

  var count: Int { used - freeCount }

  /// Retains the task.
  func add(_ task: AnyRunnerTask) -> Int {
    var slot = used
    if freeCount > 0 {
      freeCount &-= 1
      slot = free[freeCount]
    } else {
      if used == capacity { grow() }
      used &+= 1
    }
    slots[slot] = .passRetained(task)
    return slot
  }

  /// Returns the task, for the caller to release.
  func remove(_ slot: Int) -> Unmanaged<AnyRunnerTask>? {
    let task = slots[slot]
    slots[slot] = nil
    free[freeCount] = slot
    freeCount &+= 1
    // Nobody has to pass over slots that many tasks have left, and the next ones come in order again.
    if freeCount == used { (used, freeCount) = (0, 0) }
    return task
  }

  /// Calls `body` with each, in the order of the slots, until it returns false.
  func forEach(_ body: (AnyRunnerTask) -> Bool) {
    for slot in 0..<used {
      guard let task = slots[slot] else { continue }
      if !task._withUnsafeGuaranteedRef(body) { return }
    }
  }

  /// The same; `ahead` is told of each some time before.
  @inline(__always)
  func forEach(ahead: (Unmanaged<AnyRunnerTask>) -> Void, _ body: (AnyRunnerTask) -> Bool) {
    for slot in 0..<used {
      if slot + 6 < used, let next = slots[slot + 6] { ahead(next) }
      guard let task = slots[slot] else { continue }
      if !task._withUnsafeGuaranteedRef(body) { return }
    }
  }

  /// The live task with this number.
  func task(_ id: TaskID) -> AnyRunnerTask? {
    var found: AnyRunnerTask?
    forEach { task in
      if task.id == id { found = task }
      return found == nil
    }
    return found
  }

  private func grow() {
    let (oldSlots, oldFree) = (slots, free)
    slots = .allocate(capacity: 2 * capacity)
    free = .allocate(capacity: 2 * capacity)
    slots.moveInitialize(from: oldSlots, count: capacity)
    free.moveInitialize(from: oldFree, count: freeCount)
    oldSlots.deallocate()
    oldFree.deallocate()
    capacity *= 2
  }
}
