internal import Dispatch
internal import Synchronization

/// Asks one question at a time on a thread of its own, so that keys are answered meanwhile.
final class Inquiry<Question: Sendable, Answer: Sendable>: Sendable {
  private struct State {
    var isAsking = false
    var answer: Result<Answer, any Error>?
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "runner.terminal.inquiry")
  private let ask: @Sendable (Question) throws -> Answer
  private let wake: @Sendable () -> Void

  /// Creates an inquiry; `wake` is called when an answer can be taken.
  init(
    _ ask: @escaping @Sendable (Question) throws -> Answer, wake: @escaping @Sendable () -> Void
  ) {
    self.ask = ask
    self.wake = wake
  }

  /// Whether a question is open, or its answer was not taken yet.
  var isBusy: Bool { state.withLock { $0.isAsking || $0.answer != nil } }

  func begin(_ question: Question) {
    state.withLock { $0.isAsking = true }
    queue.async { [self] in
      let answer = Result { try ask(question) }
      state.withLock {
        $0.isAsking = false
        $0.answer = answer
      }
      wake()
    }
  }

  func takeAnswer() -> Result<Answer, any Error>? {
    state.withLock { state in
      defer { state.answer = nil }
      return state.answer
    }
  }
}
