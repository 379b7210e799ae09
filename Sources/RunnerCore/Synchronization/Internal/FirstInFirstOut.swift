/// A line of elements: one is appended, the first is removed, each in constant time; any other can be
/// taken out too.
struct FirstInFirstOut<Element> {
  // What stands before `head` is gone, and is cut off when it is half of all.
  private var slots: [Element?] = []
  private var head = 0

  var count: Int { slots.count - head }

  var isEmpty: Bool { head == slots.count }

  /// The element at a place, counted from the first.
  subscript(place: Int) -> Element {
    get {
      guard let element = slots[head + place] else {
        preconditionFailure("What has been removed is before the head.")
      }
      return element
    }
    set { slots[head + place] = newValue }
  }

  mutating func append(_ element: Element) { slots.append(element) }

  mutating func removeFirst() -> Element? {
    isEmpty ? nil : remove(at: 0)
  }

  @discardableResult
  mutating func remove(at place: Int) -> Element {
    let element = self[place]
    if place > 0 {
      slots.remove(at: head + place)
      return element
    }
    slots[head] = nil
    head += 1
    if head == slots.count || (head >= 32 && head * 2 >= slots.count) {
      slots.removeFirst(head)
      head = 0
    }
    return element
  }
}
