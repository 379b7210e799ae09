extension RunnerQueue {
  /// In which order items leave a queue.
  public struct Order: Sendable {
    private let makeItems: @Sendable () -> QueueItems<Element>

    var items: QueueItems<Element> { makeItems() }

    /// The oldest item leaves first; mirrors `asyncio.Queue`.
    public static var firstInFirstOut: Self {
      Self { QueueItems(leaving: .first) }
    }

    /// The newest item leaves first; mirrors `asyncio.LifoQueue`.
    public static var lastInFirstOut: Self {
      Self { QueueItems(leaving: .last) }
    }

    /// An item leaves before those that it comes before in this order; of equal ones, the oldest.
    ///
    /// The closure must not use the queue. Mirrors `asyncio.PriorityQueue`.
    public static func priority(
      by areInIncreasingOrder: @escaping @Sendable (Element, Element) -> Bool
    ) -> Self {
      Self { QueueItems(by: areInIncreasingOrder) }
    }

    private init(_ makeItems: @escaping @Sendable () -> QueueItems<Element>) {
      self.makeItems = makeItems
    }
  }
}

extension RunnerQueue.Order where Element: Comparable {
  /// The least item leaves first; of equal ones, the oldest; mirrors `asyncio.PriorityQueue`.
  public static var priority: Self { .priority { $0 < $1 } }
}
