internal import Dispatch
internal import RunnerShell
internal import Synchronization

/// Asks the assistant for completions on a thread of its own, so that a slow answer never holds up the keyboard.
///
/// Called on the editing thread.
final class CompletionDesk: Sendable {
  private let queue = DispatchQueue(label: "runner.completion")
  private let assistant: any LineAssistant
  private let patience: DispatchTimeInterval
  private let isBusy = Mutex(false)

  init(_ assistant: any LineAssistant, patience: Duration) {
    self.assistant = assistant
    self.patience = .milliseconds(Int(patience / .milliseconds(1)))
  }

  /// Returns the completions, or nil when they take longer than one has patience for or an earlier question is still open.
  func completions(of text: String, at cursor: Int) -> LineCompletions? {
    let isFree = isBusy.withLock { isBusy in
      defer { isBusy = true }
      return !isBusy
    }
    guard isFree else { return nil }
    let answer = Answer()
    queue.async { [self] in
      let completions = assistant.completions(of: text, at: cursor)
      isBusy.withLock { $0 = false }
      answer.give(completions)
    }
    return answer.wait(patience)
  }

  private final class Answer: Sendable {
    private let value = Mutex<LineCompletions?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func give(_ completions: LineCompletions) {
      value.withLock { $0 = completions }
      isThere.signal()
    }

    func wait(_ time: DispatchTimeInterval) -> LineCompletions? {
      guard isThere.wait(timeout: .now() + time) == .success else { return nil }
      return value.withLock { $0 }
    }
  }
}
