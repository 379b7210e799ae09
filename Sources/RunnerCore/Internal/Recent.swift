/// The last few of many: a ring of bounded size.
struct Recent<Element> {
  private let limit: Int
  private var storage: [Element] = []
  private var oldest = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds an element; returns the one that had to go for it.
  @discardableResult
  mutating func append(_ element: Element) -> Element? {
    if limit <= 0 { return element }
    if storage.count < limit {
      storage.append(element)
      return nil
    }
    let forgotten = storage[oldest]
    storage[oldest] = element
    oldest = (oldest + 1) % limit
    return forgotten
  }

  /// The elements, oldest first.
  var elements: [Element] { Array(storage[oldest...] + storage[..<oldest]) }
}

extension Recent: Sendable where Element: Sendable {}
