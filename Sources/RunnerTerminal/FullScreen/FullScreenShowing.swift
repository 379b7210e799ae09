internal import RunnerShell

/// A view that is being shown: when it is asked for, and how it ends.
struct FullScreenShowing<View: FullScreenView> {
  var view: View
  var isOver = false
  /// Why it is over, if that is an error.
  private(set) var error: (any Error)?
  /// Whether its question is to be asked as soon as it can be.
  var wantsAnswer = true
  private var next = ContinuousClock.now

  init(_ view: View) {
    self.view = view
  }

  mutating func press(_ key: ScreenKey) {
    follow(view.press(key))
  }

  /// Takes the answer, if there is one.
  mutating func take(_ inquiry: Inquiry<View.Question, View.Answer>) {
    switch inquiry.takeAnswer() {
    case .success(let answer)?: follow(view.take(answer))
    case .failure(let failure)?:
      error = failure
      isOver = true
    case nil: break
    }
  }

  /// Returns what to ask now; nil while another question is open, or it is too early.
  mutating func nextQuestion(_ isBusy: Bool) -> View.Question? {
    guard !isBusy, wantsAnswer || ContinuousClock.now >= next else { return nil }
    wantsAnswer = false
    next = .now + view.interval
    return view.question
  }

  /// How long to wait for other things, in milliseconds.
  ///
  /// While a question is open that is for ever: its answer wakes.
  func patience(_ isBusy: Bool) -> Int32 {
    if isBusy { return -1 }
    let left = max(.zero, ContinuousClock.now.duration(to: next))
    let (seconds, attoseconds) = left.components
    return Int32(min(seconds, 1_000_000) * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
  }

  private mutating func follow(_ action: FullScreenAction) {
    switch action {
    case .stay: break
    case .ask: wantsAnswer = true
    case .leave: isOver = true
    }
  }
}
