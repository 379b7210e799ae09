package import RunnerCore

/// The screen of `top`, as a value.
///
/// The selected task is known by its number: it stays selected when the order or the list changes.
package struct TopView: FullScreenView {
  /// What is shown.
  enum Page: Hashable, Sendable {
    case table
    /// The table, while the pattern is edited on the bottom line.
    case filter
    case detail(TaskID)
    case help
  }

  /// Where the selection is.
  enum Cursor: Hashable, Sendable {
    /// In the first row, whichever task that is: until someone moves it.
    case first
    /// In this row, whose task is not known yet.
    case row(Int)
    /// On this task, which was last seen in this row.
    case task(TaskID, row: Int)
  }

  let runner: String?
  package let interval: Duration
  /// After how many pictures it leaves.
  let limit: Int?
  let spec: RenderSpec
  var page = Page.table
  var order: TaskQuery.Order
  var isReversed = false
  /// What was typed as a filter; empty for none.
  var filter: String
  var cursor = Cursor.first
  /// The first row of the table that is seen.
  var top = 0
  var scrolling = Scrolling()
  var isPaused = false
  /// Whether a key has asked for an answer that has not come yet.
  var isWanted = false
  var picture: TopPicture?
  /// What rates are measured from: the last picture that was taken long enough before.
  var earlier: TopPicture?
  var shown = 0
  var size = ScreenSize(columns: 80, rows: 24)

  package init(
    runner: String? = nil, pattern: String? = nil, order: TaskQuery.Order = .id,
    interval: Duration = .seconds(1), limit: Int? = nil, _ spec: RenderSpec = RenderSpec()
  ) {
    self.runner = runner
    self.interval = interval
    self.limit = limit
    self.order = order
    filter = pattern ?? ""
    self.spec = spec
  }

  // MARK: What it asks

  package var question: TopQuestion {
    var query = TaskQuery(
      runner: runner, namePattern: pattern, order: order, isReversed: isReversed)
    // A screen above and one below, so that moving by a page needs no answer.
    query.limit = tableHeight * 3
    query.offset = max(0, top - tableHeight)
    if case .task(let id, _) = cursor { query.anchor = id }
    var question = TopQuestion(query: query, runnerLimit: runnerLimit)
    if case .detail(let id) = page { question.detail = id }
    return question
  }

  /// The pattern of the filter: a text without `*` and `?` is looked for anywhere in a name.
  var pattern: String? {
    if filter.isEmpty { return nil }
    return filter.contains { "*?".contains($0) } ? filter : "*\(filter)*"
  }

  package mutating func resize(to size: ScreenSize) {
    self.size = size
    scroll()
    fitPage()
  }

  package mutating func take(_ answer: TopPicture) -> FullScreenAction {
    // While it is paused only what a key asked for is news.
    if isPaused, !isWanted || answer.question != question { return .stay }
    isWanted = false
    if let limit, shown >= limit { return .leave }
    shown += 1
    // Two looks that a key brought close together would tell of nothing but themselves.
    if let picture, answer.takenAt - picture.takenAt >= interval / 2 { earlier = picture }
    picture = answer
    settleCursor()
    scroll()
    fitPage()
    // The row that was gone to is not among the tasks that came.
    if case .row = cursor, answer.question != question {
      isWanted = true
      return .ask
    }
    return .stay
  }

  // MARK: The selection

  var matching: Int { picture?.listing.matching ?? 0 }

  /// The row of the selection, from the first task of all.
  var row: Int {
    switch cursor {
    case .first: 0
    case .row(let row), .task(_, let row): row
    }
  }

  /// The selected task, if it is known.
  var selected: TaskSnapshot? {
    guard let listing = picture?.listing else { return nil }
    if case .task(let id, _) = cursor { return listing.tasks.first { $0.id == id } }
    return task(at: row)
  }

  private func task(at row: Int) -> TaskSnapshot? {
    guard let listing = picture?.listing else { return nil }
    let index = row - listing.offset
    return listing.tasks.indices.contains(index) ? listing.tasks[index] : nil
  }

  /// Goes to a row; returns whether its task has to be asked for.
  mutating func move(to row: Int) -> FullScreenAction {
    guard matching > 0 else { return .stay }
    let row = max(0, min(row, matching - 1))
    let found = task(at: row)
    cursor = found.map { .task($0.id, row: row) } ?? .row(row)
    scroll()
    return found == nil ? .ask : .stay
  }

  /// Finds the selection in a new listing: by its number, else by its row.
  private mutating func settleCursor() {
    guard cursor != .first, let listing = picture?.listing else { return }
    if case .task(let id, _) = cursor, let index = listing.tasks.firstIndex(where: { $0.id == id })
    {
      cursor = .task(id, row: listing.offset + index)
      return
    }
    let row = max(0, min(row, listing.matching - 1))
    cursor = task(at: row).map { .task($0.id, row: row) } ?? .row(row)
  }

  /// Moves the part of the table that is seen to the selection.
  mutating func scroll() {
    if row < top { top = row }
    if row >= top + tableHeight { top = row - tableHeight + 1 }
    top = max(0, min(top, matching - tableHeight))
  }

  // MARK: Heights

  /// How many runners have a line of their own.
  var runnerLimit: Int { max(1, min(8, size.rows / 4)) }

  /// How many rows of the table are seen.
  var tableHeight: Int {
    // A title, the runners under a header, the header of the table, the bottom line.
    let count = picture?.runners.count ?? 1
    let runners = max(1, min(count, runnerLimit)) + (count > runnerLimit ? 1 : 0)
    return max(1, size.rows - 4 - runners)
  }

  /// How many lines of a page of text are seen.
  var pageHeight: Int { max(1, size.rows - 2) }

  private mutating func fitPage() {
    switch page {
    case .table, .filter: break
    case .detail, .help: scrolling.fit(count: pageLines.count, page: pageHeight)
    }
  }
}
