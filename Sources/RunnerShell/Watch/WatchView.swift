/// The screen of `watch`, as a value: the output of a command under a line that says when.
package struct WatchView: FullScreenView {
  /// The width to draw for.
  package typealias Question = Int

  /// What one look brought.
  package struct Answer: Hashable, Sendable {
    package var lines: [StyledLine]
    package var timeOfDay: String

    package init(lines: [StyledLine], timeOfDay: String) {
      self.lines = lines
      self.timeOfDay = timeOfDay
    }
  }

  package let interval: Duration
  private let command: String
  private let limit: Int?
  private let spec: RenderSpec
  private var scrolling = Scrolling()
  private var size = ScreenSize(columns: 80, rows: 24)
  private var isPaused = false
  private var shown = 0
  /// What was seen last.
  package private(set) var answer: Answer?

  package init(
    _ command: String, interval: Duration, limit: Int? = nil, _ spec: RenderSpec = RenderSpec()
  ) {
    self.command = command
    self.interval = interval
    self.limit = limit
    self.spec = spec
  }

  package var question: Int { size.usableColumns }

  package mutating func resize(to size: ScreenSize) {
    self.size = size
    fit()
  }

  package mutating func press(_ key: ScreenKey) -> FullScreenAction {
    if scrolling.press(key) { return .stay }
    switch key {
    case .interrupt, .escape, .character("q"): return .leave
    case .character(" "):
      isPaused.toggle()
      return isPaused ? .stay : .ask
    default: return .stay
    }
  }

  package mutating func take(_ answer: Answer) -> FullScreenAction {
    if isPaused { return .stay }
    if let limit, shown >= limit { return .leave }
    shown += 1
    self.answer = answer
    fit()
    return .stay
  }

  package func frame() -> ScreenFrame {
    let lines = scrolling.visible(answer?.lines ?? [])
    return ScreenFrame(rows: [ScreenRow(title), ScreenRow("")] + lines.map { ScreenRow($0) })
  }

  private mutating func fit() {
    scrolling.fit(count: answer?.lines.count ?? 0, page: max(1, size.rows - 2))
  }

  private var title: StyledLine {
    let dot = " \(spec.glyphs.dot) "
    var runs = [StyledText("every \(DurationStyle.sentence(interval, spec)): ")]
    runs.append(StyledText(VisibleText.excerpt(command, limit: 60, spec), .bold))
    runs.append(StyledText(dot + (answer?.timeOfDay ?? "looking")))
    if isPaused { runs += [StyledText(dot), StyledText("paused", .warning)] }
    if let position = scrolling.position { runs.append(StyledText(dot + position)) }
    return StyledLine(runs + [StyledText(dot + "q leaves", .dim)])
  }
}
