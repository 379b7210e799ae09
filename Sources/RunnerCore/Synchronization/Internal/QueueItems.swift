/// The items of a queue in the order in which they leave it.
enum QueueItems<Element> {
  case firstInFirstOut(FirstInFirstOut<Element>)
  case lastInFirstOut([Element])
  case priority(StableHeap<Element>)

  var count: Int {
    switch self {
    case .firstInFirstOut(let items): items.count
    case .lastInFirstOut(let items): items.count
    case .priority(let heap): heap.count
    }
  }

  // Each case is emptied while its contents are changed, so that nothing is copied.

  mutating func append(_ item: Element) {
    switch self {
    case .firstInFirstOut(var items):
      self = .lastInFirstOut([])
      items.append(item)
      self = .firstInFirstOut(items)
    case .lastInFirstOut(var items):
      self = .lastInFirstOut([])
      items.append(item)
      self = .lastInFirstOut(items)
    case .priority(var heap):
      self = .lastInFirstOut([])
      heap.insert(item)
      self = .priority(heap)
    }
  }

  mutating func next() -> Element? {
    switch self {
    case .firstInFirstOut(var items):
      self = .lastInFirstOut([])
      defer { self = .firstInFirstOut(items) }
      return items.removeFirst()
    case .lastInFirstOut(var items):
      self = .lastInFirstOut([])
      defer { self = .lastInFirstOut(items) }
      return items.popLast()
    case .priority(var heap):
      self = .lastInFirstOut([])
      defer { self = .priority(heap) }
      return heap.removeFirst()
    }
  }
}
