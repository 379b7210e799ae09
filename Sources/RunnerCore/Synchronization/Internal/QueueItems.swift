/// The items of a queue in the order in which they leave it.
///
/// Its own fields have one size whatever the items are: code that is not compiled for their type reads them as fast.
struct QueueItems<Element>: ~Copyable {
  /// From which end of the line the next item leaves.
  enum End {
    case first
    case last
  }

  private var line = Ring<Element>()
  private let end: End
  /// Where the items are instead, if they leave by their priority.
  private let heap: StableHeap<Element>?

  init(leaving end: End) {
    self.end = end
    heap = nil
  }

  init(by areInIncreasingOrder: @escaping (Element, Element) -> Bool) {
    end = .first
    heap = StableHeap(by: areInIncreasingOrder)
  }

  @inline(__always)
  mutating func append(_ item: Element) {
    if let heap { heap.insert(item) } else { line.append(item) }
  }

  /// Takes the next item out; there must be one.
  @inline(__always)
  mutating func next() -> Element {
    if let heap { return heap.removeFirst() }
    return end == .first ? line.removeFirst() : line.removeLast()
  }
}
