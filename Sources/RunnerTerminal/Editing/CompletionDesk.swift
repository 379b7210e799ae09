internal import Dispatch
internal import RunnerShell
internal import Synchronization

/// Asks the assistant for completions on a thread of its own, so that a slow answer never holds up the keyboard.
///
/// An answer that comes when nobody waits for it any more is kept, and announced: who asks the same again gets
/// it. Called on the editing thread.
final class CompletionDesk: Sendable {
  private struct Question: Hashable {
    var text: String
    var cursor: Int
  }

  private struct State {
    /// What the assistant is thinking about.
    var asked: Question?
    /// Whether nobody waits for the answer any more.
    var isAbandoned = false
    /// What is asked afterwards: the newest question that came meanwhile.
    var next: Question?
    var late: (question: Question, completions: LineCompletions)?
  }

  private let queue = DispatchQueue(label: "runner.completion")
  private let assistant: any LineAssistant
  private let patience: DispatchTimeInterval
  private let announce: @Sendable () -> Void
  private let state = Mutex(State())

  /// `announce` is called on any thread when an answer has come too late.
  init(
    _ assistant: any LineAssistant, patience: Duration, announce: @escaping @Sendable () -> Void
  ) {
    self.assistant = assistant
    self.patience = .milliseconds(Int(patience / .milliseconds(1)))
    self.announce = announce
  }

  /// Returns the completions, or nil when they take longer than one has patience for or an earlier question is
  /// still open; this one is asked after that.
  func completions(of text: String, at cursor: Int) -> LineCompletions? {
    let question = Question(text: text, cursor: cursor)
    if let late = takeLateAnswer(to: question) { return late }
    let isFree = state.withLock { state in
      guard state.asked == nil else {
        state.next = state.asked == question ? nil : question
        return false
      }
      state = State(asked: question)
      return true
    }
    guard isFree else { return nil }
    let answer = Answer()
    queue.async { [self] in think(of: question, answer) }
    if let completions = answer.wait(until: .now() + patience) { return completions }
    let isThinking = state.withLock { state in
      state.isAbandoned = state.asked != nil
      return state.isAbandoned
    }
    // It has come at the last moment.
    return isThinking ? nil : answer.wait(until: .distantFuture)
  }

  /// Whether there is an answer to this that nobody has waited for.
  func hasLateAnswer(for text: String, at cursor: Int) -> Bool {
    state.withLock { $0.late?.question == Question(text: text, cursor: cursor) }
  }

  /// Asks the assistant, and goes on with what was asked meanwhile, for which nobody waits.
  private func think(of question: Question, _ answer: Answer) {
    var question = question
    while true {
      let completions = assistant.completions(of: question.text, at: question.cursor)
      let (isLate, next) = state.withLock { state in
        let next = state.next
        state.next = nil
        state.asked = next
        if state.isAbandoned { state.late = (question, completions) }
        return (state.isAbandoned, next)
      }
      if isLate { announce() } else { answer.give(completions) }
      guard let next else { return }
      question = next
    }
  }

  private func takeLateAnswer(to question: Question) -> LineCompletions? {
    state.withLock { state in
      guard let late = state.late, late.question == question else { return nil }
      state.late = nil
      return late.completions
    }
  }

  private final class Answer: Sendable {
    private let value = Mutex<LineCompletions?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func give(_ completions: LineCompletions) {
      value.withLock { $0 = completions }
      isThere.signal()
    }

    func wait(until deadline: DispatchTime) -> LineCompletions? {
      guard isThere.wait(timeout: deadline) == .success else { return nil }
      return value.withLock { $0 }
    }
  }
}
