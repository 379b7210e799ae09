/// Lines of which a part is seen, and the keys that move it.
package struct Scrolling: Hashable, Sendable {
  /// The first line that is seen.
  package private(set) var top = 0
  private var page = 1
  private var count = 0

  package init() {}

  /// Fits the part to so many lines on a page of so many rows.
  package mutating func fit(count: Int, page: Int) {
    self.page = max(1, page)
    self.count = count
    top = max(0, min(top, count - self.page))
  }

  /// Moves as a key says; returns whether it is one that moves.
  package mutating func press(_ key: ScreenKey) -> Bool {
    switch key {
    case .up, .character("k"): top -= 1
    case .down, .character("j"): top += 1
    case .pageUp, .character("b"): top -= page
    case .pageDown, .character("f"): top += page
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = count
    default: return false
    }
    fit(count: count, page: page)
    return true
  }

  /// The part that is seen.
  package func visible<Element>(_ lines: [Element]) -> ArraySlice<Element> {
    lines.dropFirst(top).prefix(page)
  }

  /// Which lines are seen, as `1-20 of 54`; `nil` when all are.
  package var position: String? {
    count > page ? "\(top + 1)-\(min(count, top + page)) of \(count)" : nil
  }
}
