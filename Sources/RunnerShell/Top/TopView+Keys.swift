private import RunnerCore

extension TopView {
  package mutating func press(_ key: ScreenKey) -> FullScreenAction {
    if key == .interrupt { return .leave }
    let action =
      switch page {
      case .table: pressInTable(key)
      case .filter: pressInFilter(key)
      case .detail, .help: pressInPage(key)
      }
    if action == .ask { isWanted = true }
    return action
  }

  private mutating func pressInTable(_ key: ScreenKey) -> FullScreenAction {
    switch key {
    case .up, .character("k"): return move(to: row - 1)
    case .down, .character("j"): return move(to: row + 1)
    case .pageUp: return move(to: row - tableHeight)
    case .pageDown: return move(to: row + tableHeight)
    case .home, .character("g"):
      _ = move(to: 0)
      cursor = .first
      return .ask
    case .end, .character("G"): return move(to: matching - 1)
    case .character("s"): return sort(by: 1)
    case .character("S"): return sort(by: -1)
    case .character("r"):
      isReversed.toggle()
      return .ask
    case .character(" "):
      isPaused.toggle()
      return isPaused ? .stay : .ask
    case .character("/"): page = .filter
    case .character("?"), .character("h"): open(.help)
    case .enter, .right:
      guard let selected else { return .stay }
      open(.detail(selected.id))
      return .ask
    case .character("q"), .escape: return .leave
    default: break
    }
    return .stay
  }

  private mutating func sort(by step: Int) -> FullScreenAction {
    let all = TaskQuery.Order.allCases
    let index = all.firstIndex(of: order) ?? 0
    order = all[(index + step + all.count) % all.count]
    return .ask
  }

  private mutating func pressInFilter(_ key: ScreenKey) -> FullScreenAction {
    let old = filter
    switch key {
    case .enter: page = .table
    case .escape:
      page = .table
      filter = ""
    case .backspace:
      // As in a pager: there is nothing left to take back.
      if filter.isEmpty { page = .table } else { filter.removeLast() }
    case .clearLine: filter = ""
    case .character(let character): filter.append(character)
    case .paste(let text): filter += text.prefix { !$0.isNewline }
    case .up, .down, .pageUp, .pageDown: return pressInTable(key)
    default: break
    }
    // Nobody filters by more, and it has to fit into a message.
    filter = String(filter.prefix(200))
    return filter == old ? .stay : .ask
  }

  private mutating func pressInPage(_ key: ScreenKey) -> FullScreenAction {
    if scrolling.press(key) { return .stay }
    switch key {
    case .character("q"):
      if page == .help { page = .table } else { return .leave }
    case .character(" ") where page != .help:
      isPaused.toggle()
      return isPaused ? .stay : .ask
    case .escape, .enter, .left, .backspace, .character("?"), .character("h"): page = .table
    default: if page == .help { page = .table }
    }
    return .stay
  }

  private mutating func open(_ new: Page) {
    page = new
    scrolling = Scrolling()
    scrolling.fit(count: pageLines.count, page: pageHeight)
  }
}
