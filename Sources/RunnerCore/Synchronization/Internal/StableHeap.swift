/// A binary heap whose first element is one that no other comes before; of equal ones, the oldest.
final class StableHeap<Element> {
  private struct Node {
    var element: Element
    var age: UInt64
  }

  private let areInOrder: (Element, Element) -> Bool
  private var nodes: [Node] = []
  private var inserted: UInt64 = 0

  init(by areInIncreasingOrder: @escaping (Element, Element) -> Bool) {
    areInOrder = areInIncreasingOrder
  }

  func insert(_ element: Element) {
    nodes.append(Node(element: element, age: inserted))
    inserted &+= 1
    var place = nodes.count - 1
    while place > 0, isBefore(place, (place - 1) / 2) {
      nodes.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Removes the first element; there must be one.
  func removeFirst() -> Element {
    nodes.swapAt(0, nodes.count - 1)
    let first = nodes.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < nodes.count && isBefore(child, least) {
        least = child
      }
      if least == place { break }
      nodes.swapAt(place, least)
      place = least
    }
    return first.element
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (nodes[left], nodes[right])
    if areInOrder(left.element, right.element) { return true }
    return left.age < right.age && !areInOrder(right.element, left.element)
  }
}
