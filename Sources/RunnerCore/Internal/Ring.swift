/// A line of elements in a ring that grows: one is appended, the first or the last is removed, each in constant
/// time; any other can be taken out too.
///
/// Takes memory from the first element on. Not for several threads. The common calls are part of their callers:
/// where those do not know the type of the elements, a call would look the ring's own type up.
struct Ring<Element>: ~Copyable {
  private var storage: UnsafeMutablePointer<Element>?
  /// The capacity less one; the capacity is a power of two, or zero.
  private var mask = -1
  private var head = 0
  private(set) var count = 0

  private static var leastCapacity: Int { 8 }

  init() {}

  /// Creates a ring that grows when there are more elements than `capacity`, a power of two.
  init(capacity: Int) {
    storage = .allocate(capacity: capacity)
    mask = capacity - 1
  }

  deinit {
    for place in 0..<count { slot(place).deinitialize(count: 1) }
    storage?.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  /// For how many elements it has memory.
  var capacity: Int { mask + 1 }

  /// The element at a place, counted from the first.
  subscript(place: Int) -> Element {
    get {
      precondition(place < count, "There are only \(count) elements.")
      return slot(place).pointee
    }
    set {
      precondition(place < count, "There are only \(count) elements.")
      slot(place).pointee = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: consuming Element) {
    if count > mask { grow() }
    slot(count).initialize(to: element)
    count &+= 1
  }

  /// Removes the oldest element; there must be one.
  @inline(__always)
  mutating func removeFirst() -> Element {
    precondition(count > 0, "There is no element.")
    let element = slot(0).move()
    head = (head &+ 1) & mask
    count &-= 1
    return element
  }

  /// Removes the newest element; there must be one.
  @inline(__always)
  mutating func removeLast() -> Element {
    precondition(count > 0, "There is no element.")
    count &-= 1
    return slot(count).move()
  }

  /// Removes the element at a place; the fewer are before or behind it, the faster.
  @discardableResult
  mutating func remove(at place: Int) -> Element {
    precondition(place < count, "There are only \(count) elements.")
    let element = slot(place).move()
    if place < count / 2 {
      for other in stride(from: place, to: 0, by: -1) {
        slot(other).moveInitialize(from: slot(other - 1), count: 1)
      }
      head = (head &+ 1) & mask
    } else {
      for other in place..<count - 1 {
        slot(other).moveInitialize(from: slot(other + 1), count: 1)
      }
    }
    count &-= 1
    return element
  }

  /// Calls `body` with the element at a place, which is not copied for it; not if there are fewer.
  @inline(__always)
  func look(at place: Int, _ body: (Element) -> Void) {
    if place < count { body(slot(place).pointee) }
  }

  mutating func removeAll() {
    while count > 0 { _ = removeFirst() }
  }

  @inline(__always)
  private func slot(_ place: Int) -> UnsafeMutablePointer<Element> {
    storage.unsafelyUnwrapped + ((head &+ place) & mask)
  }

  @inline(never)
  private mutating func grow() {
    let capacity = max(Self.leastCapacity, (mask + 1) * 2)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    for place in 0..<count { (larger + place).moveInitialize(from: slot(place), count: 1) }
    storage?.deallocate()
    storage = larger
    mask = capacity - 1
    head = 0
  }
}
